#include "acceptance/world.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("a drain right after connecting keeps to the pace that the reading left") {
  // Each command is a process of its own; QuickBooks counts them all together.
  const World world({.throttled = true, .settings = {{"pace", "documented"}}});
  std::string lines;
  for (int i = 0; i < 9; ++i) {
    Order order = order_numbered(std::to_string(7000 + i));
    order.lines[0].part = Part{.id = "P-" + order.id, .number = "T" + order.id};
    lines += po_ordered("e-" + order.id, order);
  }
  world.deliver(lines);
  CHECK(world.counted("throttled") == 0);
  CHECK(world.count("PurchaseOrder") == 9);
}

TEST_CASE("commands one after the other keep to the pace together") {
  const World world({.throttled = true, .settings = {{"pace", "documented"}}});
  for (int i = 0; i < 4; ++i)
    world.must({"run", "quickbooks", "refresh", "--full"});
  CHECK(world.counted("throttled") == 0);
}

TEST_CASE("two hosts at half the pace keep to the limits of one company together") {
  const std::map<std::string, std::string> half = {{"pace", "documented"}, {"rate_share", "0.5"}};
  const World first({.throttled = true, .settings = half, .disputed = {"second_consent=adds"}});
  const World second(first, {.settings = half});
  const World* const worlds[] = {&first, &second};
  constexpr int orders = 45;
  for (int w = 0; w < 2; ++w) {
    std::string lines;
    for (int i = 0; i < orders; ++i) {
      const Order order = order_numbered(std::to_string(7000 + 1000 * w + i));
      lines += po_ordered("e-" + order.id, order);
    }
    REQUIRE(worlds[w]->emit(lines).exit_code == 0);
  }
  process::Running draining = first.start_host({"drain", "quickbooks", "--timeout", "120"});
  CHECK(second.drain(120).exit_code == 0);
  CHECK(draining.wait().exit_code == 0);
  CHECK(first.count("PurchaseOrder") == 2 * orders);
  CHECK(first.counted("throttled") == 0);
}
