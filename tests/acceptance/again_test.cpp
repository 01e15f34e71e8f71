#include "acceptance/world.hpp"

#include <doctest/doctest.h>
#include <filesystem>

using namespace acceptance;

namespace {

const Json& line_described(const Json& order, const std::string& description) {
  static const Json none;
  for (const Json& line : order["Line"])
    if (line["Description"].text() == description) return line;
  return none;
}

// A part and its order, both in QuickBooks; then the plugin forgets all it ever knew.
void deliver_and_forget(World& world, const Order& order) {
  world.deliver(po_ordered("e-1", order));
  std::filesystem::remove_all(world.plugin_data());
  world.connect();
}

} // namespace

TEST_CASE("an event that is emitted twice is written once") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  const Json before = world.purchase_order("1042");
  world.reset_counts();
  const auto emitted = world.emit(po_ordered("e-1", order_of_every_kind()));
  CHECK(emitted.exit_code == 0);
  CHECK(emitted.out.find("1 skipped") != std::string::npos);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.counted("calls") == 0);
  CHECK(world.purchase_order("1042").dump() == before.dump());
}

TEST_CASE("the same order under a new event id costs no second write") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  world.reset_counts();
  world.deliver(po_ordered("e-2", order_of_every_kind()));
  CHECK(world.counted("calls") == 0);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(world.purchase_order("1042")["SyncToken"].text() == "0");
}

TEST_CASE("a higher version changes, adds and removes lines of the same purchase order") {
  const World world;
  Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  const Json before = world.purchase_order("1042");
  world.reset_counts();

  order.version = 2;
  order.due_on = "2026-12-11";
  order.memo = std::nullopt;
  order.lines[0].quantity = "12";
  order.lines[0].total = "150";
  order.lines.erase(order.lines.begin() + 1); // the bearing
  order.lines.push_back(Line{.id = "4",
                             .part = Part{.id = "P-1"},
                             .description = "Bracket, for the spare frame",
                             .quantity = "2",
                             .unit_cost = "13",
                             .total = "26"});
  order.fees[0].amount = "20.5";
  world.deliver(po_ordered("e-2", order));

  REQUIRE(world.count("PurchaseOrder") == 1);
  const Json after = world.purchase_order("1042");
  CHECK(after["Id"].text() == before["Id"].text());
  CHECK(after["SyncToken"].text() == "1");
  CHECK(world.counted("writes") == 1);
  CHECK(world.counted("metered") == 0);
  CHECK(after["DueDate"].text() == "2026-12-11");
  CHECK_FALSE(after.has("Memo"));
  CHECK(after["PrivateNote"].text() == before["PrivateNote"].text());
  REQUIRE(after["Line"].size() == 4);
  const Json& changed = line_described(after, "Bracket, anodized");
  CHECK(changed["Id"].text() == before["Line"].at(0)["Id"].text());
  CHECK(plain(changed["Amount"].text()) == "150");
  CHECK(plain(changed["ItemBasedExpenseLineDetail"]["Qty"].text()) == "12");
  CHECK(line_described(after, "Bearing, sealed").is_null());
  CHECK(line_described(after, "Cutting oil, one drum")["Id"].text() ==
        before["Line"].at(2)["Id"].text());
  CHECK(plain(line_described(after, "Bracket, for the spare frame")["Amount"].text()) == "26");
  CHECK(plain(line_described(after, "Shipping")["Amount"].text()) == "20.5");
  CHECK(line_described(after, "Shipping")["Id"].text() == before["Line"].at(3)["Id"].text());
  CHECK(plain(after["TotalAmt"].text()) == "286.4");
}

TEST_CASE("an older version that comes late changes nothing") {
  const World world;
  Order order = order_numbered("1042");
  order.version = 3;
  order.memo = "The third word";
  world.deliver(po_ordered("e-3", order));
  world.reset_counts();
  order.version = 2;
  order.memo = "The second word";
  world.deliver(po_ordered("e-2", order));
  CHECK(world.counted("writes") == 0);
  CHECK(world.purchase_order("1042")["Memo"].text() == "The third word");
}

TEST_CASE("of versions that pile up while QuickBooks is away only the last one is written") {
  World world;
  world.deliver(part_saved("p-1", Part()));
  world.stop_emulator();
  Order order = order_numbered("1042");
  std::string lines;
  for (order.version = 1; order.version <= 5; ++order.version) {
    order.memo = "Version " + std::to_string(order.version);
    lines += po_ordered("e-" + std::to_string(order.version), order);
  }
  CHECK(world.emit(lines).exit_code == 0);
  world.start_emulator();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.counted("writes") == 1);
  CHECK(world.purchase_order("1042")["Memo"].text() == "Version 5");
}

TEST_CASE("a host that lost its event log and emits everything again adds nothing") {
  World world;
  const std::string lines =
      po_ordered("e-1", order_of_every_kind()) + po_ordered("e-2", order_numbered("1043"));
  world.deliver(lines);
  const std::string before = world.objects("PurchaseOrder").dump();
  const std::size_t items = world.count("Item");
  for (const char* file : {"host.db", "host.db-wal", "host.db-shm"})
    std::filesystem::remove(world.home() / file);
  world.install(); // which plugins there are is in that file too
  world.reset_counts();
  world.deliver(lines);
  CHECK(world.counted("calls") == 0);
  CHECK(world.objects("PurchaseOrder").dump() == before);
  CHECK(world.count("Item") == items);
}

TEST_CASE("a plugin that lost all its data finds its purchase order, items and vendors again") {
  World world({.settings = {{"missing_supplier", "create"}}});
  Order order = order_of_every_kind();
  order.supplier = Supplier{.id = "S-90", .name = "Pinewood Castings", .email = std::nullopt};
  deliver_and_forget(world, order);
  const Json before = world.purchase_order("1042");
  const std::size_t items = world.count("Item"), vendors = world.count("Vendor");

  order.version = 2;
  order.memo = "Deliver to dock 4";
  order.lines[0].quantity = "12";
  order.lines[0].total = "150";
  order.lines.erase(order.lines.begin() + 1);
  world.deliver(po_ordered("again-1", order));
  REQUIRE(world.count("PurchaseOrder") == 1);
  const Json after = world.purchase_order("1042");
  CHECK(after["Id"].text() == before["Id"].text());
  CHECK(after["Memo"].text() == "Deliver to dock 4");
  CHECK(after["Line"].size() == 3);
  CHECK(plain(after["TotalAmt"].text()) == "254.9");
  CHECK(world.count("Item") == items);
  CHECK(world.count("Vendor") == vendors);

  order.version = 3;
  order.memo = "Deliver to dock 5";
  world.reset_counts();
  world.deliver(po_ordered("again-2", order));
  CHECK(world.purchase_order("1042")["Memo"].text() == "Deliver to dock 5");
  CHECK(world.counted("metered") == 0); // it is linked again
}

TEST_CASE("after a loss a supplier with another name is no reason for a second document") {
  World world;
  Order order = order_numbered("1042");
  deliver_and_forget(world, order);
  order.version = 2;
  order.supplier = Supplier{.id = "S-8", .name = "Northgate Steel"};
  CHECK(world.emit(po_ordered("again-1", order)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(world.purchase_order("1042")["SyncToken"].text() == "0");
  REQUIRE(world.open_issues().size() == 1);
  CHECK(world.open_issues().at(0)["title"].text().find("1042") != std::string::npos);
}
