#include "connection/home.hpp"
#include "connection/mixed_environments.hpp"

#include <doctest/doctest.h>

using namespace acceptance;
using qb::connection::mixed_environments;
using qb::settings::Environment;

namespace {

bool fits(Environment quickbooks, const char* host, const char* told = "") {
  qb::settings::Settings settings;
  settings.environment = quickbooks;
  settings.host_environment = told;
  return !mixed_environments(settings, host);
}

} // namespace

TEST_CASE("production goes with production and tests with tests, unless a person says otherwise") {
  CHECK(fits(Environment::production, "production"));
  CHECK(fits(Environment::production, "Live"));
  CHECK(fits(Environment::sandbox, "test"));
  CHECK(fits(Environment::emulator, "staging"));
  CHECK_FALSE(fits(Environment::production, "test"));
  CHECK_FALSE(fits(Environment::production, "production-copy"));
  CHECK_FALSE(fits(Environment::sandbox, "PROD"));
  CHECK_FALSE(fits(Environment::emulator, "production"));
  // A host that does not say what it is, is believed to be what the settings need.
  CHECK(fits(Environment::production, ""));
  CHECK(fits(Environment::sandbox, ""));
  // Told, it is that system and no other.
  CHECK(fits(Environment::production, "plant-2", "Plant-2"));
  CHECK(fits(Environment::sandbox, "production", "production"));
  CHECK_FALSE(fits(Environment::production, "plant-2-copy", "plant-2"));
  CHECK_FALSE(fits(Environment::production, "production", "plant-2"));
  CHECK_FALSE(fits(Environment::production, "", "plant-2"));
}

TEST_CASE("a copy of a system under another name writes nothing into the books of the first") {
  World world;
  world.set({{"host_environment", "test"}});
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.must({"host-settings", "set", "environment=training"});
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  world.control("DELETE", "requests");
  const auto drained = world.drain(5);
  CHECK(drained.exit_code == 4);
  CHECK(has(drained.err, "training"));
  CHECK(world.host({"run", "quickbooks", "refresh"}).exit_code == 4);
  fails_and_says(try_connect(world), {"different environments", "host_environment=training"});
  CHECK(world.control("GET", "requests").size() == 0);
  CHECK(has(notices(world).dump(), "different environments"));
  REQUIRE(world.open_issues().size() == 1);
  reads_plainly(world.open_issues().at(0));
  CHECK(has(world.host({"run", "quickbooks", "status"}).out, "Held back"));

  // A person says that it belongs to this connection.
  world.set({{"host_environment", "training"}});
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  CHECK(world.run_json({"status"})["held_back"].is_null());
  everything_is_out(world);
}

TEST_CASE("a production system is not connected to a test company by mistake") {
  World world({.connected = false});
  world.must({"host-settings", "set", "environment=production"});
  world.control("DELETE", "requests");
  fails_and_says(try_connect(world), {"different environments", "a test company"});
  CHECK(world.control("GET", "requests").size() == 0);
  world.must({"host-settings", "set", "environment=test"});
  world.connect();
  world.deliver(po_ordered("e-1", order_numbered("1042")));
}
