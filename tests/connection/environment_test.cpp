#include "connection/home.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// What QuickBooks was asked since, of whatever kind.
std::size_t calls(const World& world) {
  return world.control("GET", "requests").size();
}

void stands_still(const World& world, const std::string& made, const std::string& now) {
  const Json status = world.run_json({"status"});
  CHECK(status["connected"].text() == "false");
  CHECK(status["reconnect_needed"].text() == "true");
  const std::string words = world.host({"run", "quickbooks", "status"}).out;
  CHECK(has(words, "must be renewed"));
  CHECK(has(words, made));
  CHECK(has(words, now));
  const auto drained = world.drain(5);
  CHECK(drained.exit_code == 4);
  CHECK(has(drained.err, made));
  CHECK(has(drained.err, now));
  CHECK(world.host({"run", "quickbooks", "refresh"}).exit_code == 4);
  CHECK(has(notices(world).dump(), "another environment"));
  REQUIRE(world.open_issues().size() == 1);
  reads_plainly(world.open_issues().at(0));
}

} // namespace

TEST_CASE("a connection is never used in another environment than the one it was made in") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  const std::string discovery = world.control("GET", "app")["discovery_url"].text();
  world.control("DELETE", "requests");

  SUBCASE("production") {
    world.set({{"environment", "production"},
               {"discovery_url", ""},
               {"ca_file", ""},
               {"pace", "documented"}});
    stands_still(world, "emulator", "production");
    CHECK(calls(world) == 0);
  }
  SUBCASE("another emulator") {
    World other({.connected = false});
    other.control("DELETE", "requests");
    world.set({{"discovery_url", other.control("GET", "app")["discovery_url"].text()},
               {"ca_file", other.ca_file()}});
    stands_still(world, world.url(), other.url());
    CHECK(calls(world) == 0);
    CHECK(calls(other) == 0);
  }
  // As it was: all goes on without a new consent.
  world.set({{"environment", "emulator"},
             {"discovery_url", discovery},
             {"ca_file", world.ca_file()},
             {"pace", "off"}});
  CHECK(world.run_json({"status"})["connected"].text() == "true");
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  everything_is_out(world);
}

TEST_CASE("disconnecting shows the tokens to nobody else than who gave them") {
  World world;
  World other({.connected = false});
  other.control("DELETE", "requests");
  world.set({{"discovery_url", other.control("GET", "app")["discovery_url"].text()},
             {"ca_file", other.ca_file()}});
  world.must({"disconnect", "quickbooks"});
  CHECK(calls(other) == 0);
  CHECK(has(notices(world).dump(), "could not be told"));
  CHECK(world.run_json({"status"})["connected"].text() == "false");
}

TEST_CASE("the host that holds the tokens leaves no core file") {
  const World world({.connected = false});
  process::Running waiting = world.start_host({"connect", "quickbooks", "--timeout", "20"});
  REQUIRE(waiting.next_line());
  const std::string limits = process::text_of("/proc/" + std::to_string(waiting.pid()) + "/limits");
  const std::size_t line = limits.find("Max core file size");
  REQUIRE(line != std::string::npos);
  CHECK(has(limits.substr(line, 50), " 0 "));
}
