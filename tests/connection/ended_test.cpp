#include "connection/home.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("that the connection has ended is told also by who comes after a host that was killed "
          "before it could tell") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.control("POST", "tokens", R"({"do":"disconnect"})");
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  CHECK(world.drain(5).exit_code == 4);
  REQUIRE(world.open_issues().size() == 1);
  // What stands on the disk if it is killed when it has noted the end, and nothing more.
  change_outbox_file(world, "DELETE FROM issues");

  CHECK(world.drain(5).exit_code == 4);
  REQUIRE(world.open_issues().size() == 1);
  reads_plainly(world.open_issues().at(0));
  CHECK(world.drain(5).exit_code == 4);
  CHECK(world.open_issues().size() == 1);

  world.connect();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.purchase_order("1043")["SyncToken"].text() == "0");
  everything_is_out(world);
}

TEST_CASE(
    "fresh tokens that QuickBooks refuses for a while call a person, and need none in the end") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.fault(R"({"method":"POST","path":"purchaseorder","action":"unauthorized","times":2})");
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  CHECK(world.drain(5).exit_code == 4);
  CHECK(world.faults_fired() == 2);
  REQUIRE(world.open_issues().size() == 1);
  reads_plainly(world.open_issues().at(0));
  CHECK(world.run_json({"status"})["connected"].text() == "true");

  CHECK(world.drain().exit_code == 0);
  CHECK(world.purchase_order("1043")["SyncToken"].text() == "0");
  everything_is_out(world);
  CHECK(world.open_issues().size() == 0);
}
