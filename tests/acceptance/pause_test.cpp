#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

constexpr int two_hours_s = 7200; // the lists are read anew once an hour

void is_settled_as(const World& world, const std::string& subject, const std::string& note) {
  const Json entry = entry_of(world, subject);
  CHECK(entry["state"].text() == "delivered");
  CHECK(has(entry["note"].text(), note));
}

} // namespace

TEST_CASE("with parts and orders off nothing is asked and nothing is sent") {
  const World world({.settings = {{"sync_parts", "off"}, {"sync_orders", "off"}}});
  world.reset_counts();
  world.deliver(part_saved("p-1", Part()) + po_ordered("e-1", order_of_every_kind("1042")));
  CHECK(world.counted("calls") == 0);
  is_settled_as(world, "part/P-1", "sync_parts=off");
  is_settled_as(world, "purchase_order/1042", "sync_orders=off");

  // Not even hours later, when the lists would be read anew otherwise.
  CHECK(world
            .emit(part_saved("p-2", {.id = "P-2", .number = "N-2"}) +
                  po_ordered("e-2", order_numbered("1043")))
            .exit_code == 0);
  CHECK(drain_later(world, two_hours_s).exit_code == 0);
  CHECK(world.counted("calls") == 0);
  CHECK(world.control("GET", "counts")["tokens"]["refreshes"].integer() == 0);
  is_settled_as(world, "purchase_order/1043", "sync_orders=off");
}

TEST_CASE("with parts off an order still brings the items that it needs") {
  const World world({.settings = {{"sync_parts", "off"}}});
  world.reset_counts();
  world.deliver(part_saved("p-1", Part()));
  CHECK(world.counted("calls") == 0);
  is_settled_as(world, "part/P-1", "sync_parts=off");
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(in_books(world, "Item", "300500 Rev A")["Type"].text() == "Inventory");
}

TEST_CASE("with orders off parts still go, and what was held is let go of") {
  const World world;
  Order order = order_numbered("1042");
  order.supplier.name = "Nowhere Tools";
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  world.set({{"sync_orders", "off"}});
  world.reset_counts();
  world.deliver(part_saved("p-1", Part()) + po_ordered("e-2", order_numbered("1043")));
  CHECK(world.counted("writes") == 1); // the item
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
  is_settled_as(world, "purchase_order/1042", "sync_orders=off");

  // Turned on again, what is saved from then on goes out.
  world.set({{"sync_orders", "on"}});
  world.deliver(po_ordered("e-3", order_numbered("1044")));
  CHECK(world.count("PurchaseOrder") == 1);
}
