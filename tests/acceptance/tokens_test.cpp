#include "acceptance/world.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

std::string orders(int first, int count) {
  std::string lines;
  for (int i = first; i < first + count; ++i)
    lines += po_ordered("e-" + std::to_string(i), order_numbered(std::to_string(i)));
  return lines;
}

std::int64_t token_calls(const World& world, const char* what) {
  return world.control("GET", "counts")["tokens"][what].integer();
}

void all_stand_once(const World& world, std::size_t count) {
  CHECK(world.count("PurchaseOrder") == count);
  for (std::size_t i = 0; i < count; ++i)
    CHECK(world.purchase_order(std::to_string(3000 + i))["SyncToken"].text() == "0");
}

} // namespace

TEST_CASE("the access token expires and rotates in the middle of a drain, and nobody notices") {
  const World world({.latency_ms = 10});
  std::string lines; // each with a part of its own: twenty items go out one by one, then the orders
  for (int i = 3000; i < 3020; ++i) {
    Order order = order_numbered(std::to_string(i));
    order.lines[0].part = Part{.id = "P-" + order.id, .number = "T" + order.id};
    lines += po_ordered("e-" + order.id, order);
  }
  CHECK(world.emit(lines).exit_code == 0);
  world.reset_counts();
  process::Running drain = world.start_host({"drain", "quickbooks", "--timeout", "60"});
  for (const std::int64_t written : {4, 9, 14}) {
    while (world.counted("writes") < written)
      REQUIRE_FALSE(drain.has_ended());
    world.control("POST", "tokens", R"({"do":"rotate_next"})");
    world.control("POST", "tokens", R"({"do":"expire_access"})");
  }
  CHECK(drain.wait().exit_code == 0);
  all_stand_once(world, 20);
  CHECK(token_calls(world, "refreshes") == 3); // one at a time, none in vain
  CHECK(token_calls(world, "rotations") == 3);
  CHECK(token_calls(world, "refused") == 0);
  CHECK(world.counted("writes") == 40);

  // The rotated token was kept: another process goes on with it.
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  world.deliver(orders(3020, 1));
  CHECK(world.count("PurchaseOrder") == 21);
}

TEST_CASE("a refresh whose answer is lost is overcome while the old token is still taken") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.control("POST", "tokens", R"({"do":"grace","seconds":600})");
  world.control("POST", "tokens", R"({"do":"rotate_next"})");
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  world.fault(R"({"path":"/oauth2/*","action":"lost_answer"})");
  world.deliver(orders(3000, 3));
  CHECK(world.faults_fired() == 1);
  all_stand_once(world, 3);
}

TEST_CASE("a connection that QuickBooks ended waits for a person, and then everything goes out") {
  World world;
  world.deliver(part_saved("p-1", Part()));
  world.control("POST", "tokens", R"({"do":"disconnect"})");
  CHECK(world.emit(orders(3000, 3)).exit_code == 0);
  const auto drained = world.drain();
  CHECK(drained.exit_code == 4);
  CHECK(drained.err.find("connect") != std::string::npos);
  CHECK(world.host({"notices"}).out.find("connection to QuickBooks has ended") !=
        std::string::npos);
  CHECK(world.count("PurchaseOrder") == 0);
  world.connect();
  CHECK(world.drain().exit_code == 0);
  all_stand_once(world, 3);
  CHECK(world.host({"notices"}).out.find("connection to QuickBooks has ended") ==
        std::string::npos);
}
