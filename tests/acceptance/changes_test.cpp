#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

Order cancelled(const std::string& id, int version = 2) {
  Order order = order_of_every_kind(id);
  order.version = version;
  order.status = "cancelled";
  return order;
}

} // namespace

TEST_CASE("a cancelled order is closed in QuickBooks, and its history is kept") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind("1042")));
  const Json before = world.purchase_order("1042");
  CHECK(before["POStatus"].text() == "Open");

  const auto emitted = world.emit(po_cancelled("e-2", cancelled("1042"), "the customer withdrew"));
  CHECK(emitted.exit_code == 0);
  CHECK_FALSE(has(emitted.out, "does not take"));
  CHECK(world.drain().exit_code == 0);
  const Json after = world.purchase_order("1042");
  CHECK(after["Id"].text() == before["Id"].text());
  CHECK(after["POStatus"].text() == "Closed");
  // Nothing else of it changed: every line, amount and text stands as it stood.
  CHECK(after["Line"].dump() == before["Line"].dump());
  CHECK(after["TotalAmt"].text() == before["TotalAmt"].text());
  CHECK(after["PrivateNote"].text() == before["PrivateNote"].text());

  const Json history = world.run_json({"outbox", "show", "purchase_order/1042"});
  REQUIRE(history.size() == 2);
  CHECK(history.at(0)["kind"].text() == "po_ordered");
  CHECK(history.at(0)["state"].text() == "delivered");
  CHECK(history.at(1)["kind"].text() == "po_cancelled");
  CHECK(history.at(1)["state"].text() == "delivered");
  CHECK(history.at(1)["link"]["entity_id"].text() == before["Id"].text());

  // Told twice, it stays closed; opened again by a new version, it is open again.
  world.reset_counts();
  world.deliver(po_cancelled("e-3", cancelled("1042", 3)));
  CHECK(world.counted("writes") == 0);
  Order again = order_of_every_kind("1042");
  again.version = 4;
  world.deliver(po_ordered("e-4", again));
  CHECK(world.purchase_order("1042")["POStatus"].text() == "Open");
  CHECK(world.count("PurchaseOrder") == 1);
  everything_is_out(world);
}

TEST_CASE("an order that was cancelled before it was sent never reaches QuickBooks") {
  const World world;
  CHECK(world.emit(po_ordered("e-1", order_of_every_kind("1042"))).exit_code == 0);
  CHECK(world.emit(po_cancelled("e-2", cancelled("1042"))).exit_code == 0);
  world.reset_counts();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.counted("writes") == 0);
  CHECK(world.count("PurchaseOrder") == 0);
  const Json history = world.run_json({"outbox", "show", "purchase_order/1042"});
  REQUIRE(history.size() == 2);
  CHECK(history.at(0)["state"].text() == "superseded");
  CHECK(history.at(1)["state"].text() == "delivered");
  CHECK(has(history.at(1)["note"].text(), "cancelled before it was sent"));
}

TEST_CASE("cancelling an order that is held up closes its issue") {
  const World world;
  blocked(world, po_ordered("e-1", with_code("1042", "Shop Suplies")), "purchase_order/1042");
  Order order = with_code("1042", "Shop Suplies");
  order.version = 2;
  world.deliver(po_cancelled("e-2", order));
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
}

TEST_CASE("a corrected receipt is recorded beside the first, and is nothing to do for now") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.reset_counts();
  world.deliver(po_received("e-2", order_numbered("1042")) +
                receipt_corrected("e-3", order_numbered("1042"), "9"));
  CHECK(world.counted("calls") == 0);
  const Json history = world.run_json({"outbox", "show", "receipt/R-1042"});
  REQUIRE(history.size() == 2);
  CHECK(history.at(1)["kind"].text() == "receipt_corrected");
  CHECK(history.at(1)["state"].text() == "delivered");
  CHECK(has(history.at(1)["note"].text(), "receipts=none"));
}

TEST_CASE("a saved supplier changes the vendor that was made for it, and no other one") {
  const World world({.settings = {{"missing_supplier", "create"}}});
  Supplier ours;
  ours.id = "S-20";
  ours.name = "Quarry Lane Castings";
  ours.email = "orders@quarry.example.com";
  world.deliver(supplier_saved("e-1", ours));
  CHECK(in_books(world, "Vendor", ours.name)["PrimaryEmailAddr"]["Address"].text() == *ours.email);

  ours.email = "desk@quarry.example.com";
  world.deliver(supplier_saved("e-2", ours));
  const Json changed = in_books(world, "Vendor", ours.name);
  CHECK(changed["PrimaryEmailAddr"]["Address"].text() == *ours.email);
  world.reset_counts();
  world.deliver(supplier_saved("e-3", ours));
  CHECK(world.counted("writes") == 0); // nothing is different

  // Hicks Hardware was in QuickBooks before us.
  const std::string before = in_books(world, "Vendor", "Hicks Hardware").dump();
  Supplier theirs;
  theirs.email = "new@hicks.example.com";
  world.deliver(supplier_saved("e-4", theirs));
  CHECK(world.counted("writes") == 0);
  CHECK(in_books(world, "Vendor", "Hicks Hardware").dump() == before);
  everything_is_out(world);
}

TEST_CASE("with missing_supplier=report a saved supplier is left to the people in QuickBooks") {
  const World world;
  Supplier unknown;
  unknown.id = "S-30";
  unknown.name = "Nowhere Tools";
  world.reset_counts();
  world.deliver(supplier_saved("e-1", unknown));
  CHECK(world.counted("writes") == 0);
  CHECK(has(entry_of(world, "supplier/S-30")["note"].text(), "missing_supplier=report"));
}
