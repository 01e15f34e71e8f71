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
