#include "connection/home.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// A delivery of many orders, one slow call after the other, is under way.
process::Running slow_delivery(const World& world) {
  world.deliver(part_saved("p-1", Part()));
  std::string lines;
  for (int i = 0; i < 30; ++i) { // each with a part of its own: these go one by one
    Order order = order_numbered(std::to_string(3000 + i));
    order.lines[0].part = Part{.id = "P-" + order.id, .number = "T" + order.id};
    lines += po_ordered("e-" + order.id, order);
  }
  CHECK(world.emit(lines).exit_code == 0);
  world.reset_counts();
  world.fault(R"({"method":"POST","path":"item","action":"delay","ms":700,"times":0})");
  return world.start_host({"drain", "quickbooks", "--timeout", "120"});
}

void is_under_way(const World& world, process::Running& drain) {
  while (world.counted("writes") < 2)
    REQUIRE_FALSE(drain.has_ended());
}

} // namespace

TEST_CASE("who disconnects during a delivery waits for the call under way, not for the delivery") {
  const World world;
  process::Running drain = slow_delivery(world);
  is_under_way(world, drain);
  world.must({"disconnect", "quickbooks"});
  CHECK(drain.wait().exit_code == 4);
  CHECK(world.counted("writes") < 25); // of more than thirty
  CHECK(world.run_json({"status"})["waiting"].integer() > 0);
  CHECK(world.open_issues().size() == 0); // the person knows
}

TEST_CASE(
    "who connects again during a delivery waits for the call under way, and the rest follows") {
  World world;
  process::Running drain = slow_delivery(world);
  is_under_way(world, drain);
  process::Running connecting = world.start_host({"connect", "quickbooks", "--timeout", "30"});
  const auto address = connecting.next_line();
  REQUIRE(address);
  Client(world.ca_file()).browse(*address);
  const auto connected = connecting.next_line();
  REQUIRE(connected);
  CHECK(has(*connected, "connected to"));
  CHECK(world.counted("writes") < 25); // of more than thirty
  world.control("DELETE", "faults");
  CHECK(connecting.wait().exit_code == 0);
  CHECK(drain.wait().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 30);
  everything_is_out(world);
}
