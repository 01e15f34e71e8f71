#include "connection/home.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// From the save after the next one on, that is after the intent to renew, the disk takes no token
// for so long.
void refuse_new_tokens(const World& world, int seconds) {
  change_outbox_file(world,
                     "CREATE TABLE full_disk AS SELECT version + 2 AS version, unixepoch() + " +
                         std::to_string(seconds) + " AS until FROM vault");
  change_outbox_file(world, "CREATE TRIGGER full_disk_here BEFORE UPDATE ON vault WHEN "
                            "NEW.version >= (SELECT version FROM full_disk) AND "
                            "unixepoch() < (SELECT until FROM full_disk) "
                            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
}

bool says_unsaved(const Json& list) {
  return has(list.dump(), "could not be saved");
}

} // namespace

TEST_CASE("new tokens that the disk refuses are used, and saved as soon as there is room again") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.control("POST", "tokens", R"({"do":"rotate_next"})");
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  refuse_new_tokens(world, 3);
  // Two tries of the order fail, so that the pauses after them, over four seconds together, outlast
  // the full disk, and a later run of the job must go on.
  world.fault(
      R"({"method":"POST","path":"purchaseorder","action":"status","status":503,"times":2})");
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  world.reset_counts();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.faults_fired() == 2);
  CHECK(world.control("GET", "counts")["tokens"]["rotations"].integer() == 1);
  everything_is_out(world);

  // The next process goes on with what was saved.
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  world.deliver(po_ordered("e-3", order_numbered("1044")));
  CHECK(world.count("PurchaseOrder") == 3);
  everything_is_out(world);
}

TEST_CASE("a person is told of new tokens that could not be saved before the program ended") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.control("POST", "tokens", R"({"do":"rotate_next"})");
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  refuse_new_tokens(world, 3600);
  world.deliver(po_ordered("e-2", order_numbered("1043")));
  CHECK(says_unsaved(notices(world)));
  REQUIRE(world.open_issues().size() == 1);
  CHECK(says_unsaved(world.open_issues()));
  reads_plainly(world.open_issues().at(0));

  change_outbox_file(world, "DROP TRIGGER full_disk_here");
  CHECK(world.emit(po_ordered("e-3", order_numbered("1044"))).exit_code == 0);
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  CHECK(world.drain().exit_code == 4); // the former pair is dead, as QuickBooks does it
  world.connect();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 3);
  everything_is_out(world);
}

TEST_CASE("a person who connects again while the disk is full is told that this cannot be saved") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.control("POST", "tokens", R"({"do":"disconnect"})");
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  CHECK(world.drain().exit_code == 4);
  REQUIRE(world.open_issues().size() == 1); // connecting again would close it, if the disk let it

  const std::string full = world.scratch("full").string();
  process::Running connecting(
      ERP_HOST, {"--home", world.home().string(), "connect", "quickbooks", "--timeout", "30"},
      {.folder = world.home().parent_path(),
       .extra = {{"LD_PRELOAD", FULL_DISK}, {"FULL_DISK", full}}});
  const auto address = connecting.next_line();
  REQUIRE(address);
  process::write_text(full, "");
  Client(world.ca_file()).browse(*address);
  const auto connected = connecting.wait();
  CAPTURE(connected.out);
  CAPTURE(connected.err);
  CHECK(says_unsaved(notices(world)));

  world.connect(); // with room again
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  everything_is_out(world);
}
