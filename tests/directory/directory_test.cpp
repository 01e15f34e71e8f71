#include "filled_directory.hpp"

using qb::directory::Directory;
using qb::qbo::Entity;
using qb::qbo::Known;

TEST_CASE("what QuickBooks holds comes back as it was put") {
  FilledDirectory d;
  Known order;
  order.entity = Entity::purchase_order;
  order.id = "145";
  order.sync_token = "3";
  order.name = order.full_name = "1042";
  order.currency = "USD";
  order.vendor_id = "56";
  order.private_note = "[erp:purchase_order/1042]";
  d.put(order);
  const auto found = d.directory.by_id(Entity::purchase_order, "145");
  REQUIRE(found);
  CHECK(found->entity == Entity::purchase_order);
  CHECK(found->sync_token == "3");
  CHECK(found->name == "1042");
  CHECK(found->currency == "USD");
  CHECK(found->vendor_id == "56");
  CHECK(found->private_note == order.private_note);
  CHECK(found->active);
  CHECK_FALSE(d.directory.by_id(Entity::vendor, "145"));

  order.sync_token = "4";
  order.active = false;
  d.put(order);
  CHECK(d.directory.by_id(Entity::purchase_order, "145")->sync_token == "4");
  CHECK_FALSE(d.directory.by_id(Entity::purchase_order, "145")->active);
  CHECK(d.directory.count(Entity::purchase_order) == 1);
  order.deleted = true;
  d.put(order);
  CHECK(d.directory.count(Entity::purchase_order) == 0);
}

TEST_CASE("purchase orders are found by their exact number, all of them") {
  FilledDirectory d;
  for (const char* number : {"1042", "1042", "PO-1042", "1042a", "1042A"}) {
    Known order;
    order.entity = Entity::purchase_order;
    order.name = number;
    d.put(order);
  }
  CHECK(d.directory.numbered(qb::qbo::Entity::purchase_order, "1042").size() == 2);
  CHECK(d.directory.numbered(qb::qbo::Entity::purchase_order, "1042A").size() == 1);
  CHECK(d.directory.numbered(qb::qbo::Entity::purchase_order, "104").empty());
}

TEST_CASE("a full reading forgets what it did not see, of that entity alone") {
  FilledDirectory d;
  const auto kept = d.vendor("Kept");
  d.vendor("Gone");
  d.item("Another entity");
  d.write([](auto& c) { Directory::begin_full(c, Entity::vendor); });
  Known again;
  again.entity = Entity::vendor;
  again.id = kept;
  again.name = "Kept, renamed";
  d.put(again);
  CHECK(d.directory.count(Entity::vendor) == 2); // until it is complete
  d.write([](auto& c) { Directory::end_full(c, Entity::vendor); });
  CHECK(d.directory.count(Entity::vendor) == 1);
  CHECK(d.directory.by_id(Entity::vendor, kept)->name == "Kept, renamed");
  CHECK(d.directory.count(Entity::item) == 1);

  // A reading that broke off forgets nothing.
  d.write([](auto& c) { Directory::begin_full(c, Entity::vendor); });
  CHECK(d.directory.count(Entity::vendor) == 1);
}

TEST_CASE("facts are kept, and everything goes for another company") {
  FilledDirectory d;
  CHECK_FALSE(d.directory.fact("home_currency"));
  d.write([](auto& c) {
    Directory::put_fact(c, "home_currency", "USD");
    Directory::put_fact(c, "home_currency", "CAD");
  });
  CHECK(d.directory.fact("home_currency") == "CAD");
  d.vendor("A");
  d.write([](auto& c) { Directory::clear(c); });
  CHECK_FALSE(d.directory.fact("home_currency"));
  CHECK(d.directory.count(Entity::vendor) == 0);
}
