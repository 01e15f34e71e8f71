#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

// What a person decides with "inbox fix".

namespace {

Json named(const char* member, const std::string& name) {
  Json out = Json::object();
  return out.set(member, name);
}

void make_inactive(const World& world, const std::string& entity, const char* path,
                   const std::string& name) {
  Json object = Json::object();
  const Json standing = in_books(world, entity, name);
  object.set("Id", standing["Id"]).set("SyncToken", standing["SyncToken"]);
  object.set("sparse", Json::parse("true")).set("Active", Json::parse("false"));
  world.admin_write(path, object);
  world.must({"run", "quickbooks", "refresh"});
}

process::Result fix(const World& world, const Json& issue, std::vector<std::string> words) {
  std::vector<std::string> all{"run", "quickbooks", "inbox", "fix", issue["id"].text()};
  all.insert(all.end(), words.begin(), words.end());
  return world.host(all);
}

std::string item_of_line(const World& world, const std::string& order) {
  return world.purchase_order(order)["Line"]
      .at(0)["ItemBasedExpenseLineDetail"]["ItemRef"]["value"]
      .text();
}

std::string id_of(const World& world, const std::string& entity, const std::string& name) {
  return in_books(world, entity, name)["Id"].text();
}

Json service(const World& world, const std::string& name) {
  Json item = named("Name", name), account = Json::object();
  account.set("value", id_of(world, "Account", "Cost of Goods Sold"));
  item.set("Type", "Service").set("ExpenseAccountRef", account);
  account.set("value", id_of(world, "Account", "Sales of Product Income"));
  return world.admin_write("item", item.set("IncomeAccountRef", account));
}

} // namespace

TEST_CASE("an inactive item is made active again by a person's decision") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  const std::string item = item_of_line(world, "1042");
  make_inactive(world, "Item", "item", "300500 Rev A");
  const Json issue =
      blocked(world, po_ordered("e-2", order_numbered("1043")), "purchase_order/1043");
  CHECK(issue["fixes"].dump() == R"(["reactivate","create","use"])");
  CHECK(has(fix(world, issue, {}).out, "reactivate    make it active again"));
  CHECK(fix(world, issue, {"reactivate"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(item_of_line(world, "1043") == item);
  CHECK(in_books(world, "Item", "300500 Rev A")["Active"].text() == "true");
  everything_is_out(world);
}

TEST_CASE("for an inactive item a person may have a new one made, once") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  const std::string old = item_of_line(world, "1042");
  make_inactive(world, "Item", "item", "300500 Rev A");
  const Json issue =
      blocked(world, po_ordered("e-2", order_numbered("1043")), "purchase_order/1043");
  CHECK(fix(world, issue, {"create"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  const std::string made = item_of_line(world, "1043");
  CHECK(made != old);
  world.deliver(po_ordered("e-3", order_numbered("1044")));
  CHECK(item_of_line(world, "1044") == made);
  everything_is_out(world);
}

TEST_CASE("of two items that could be the part a person picks one, and is not asked again") {
  const World world;
  service(world, "300500 Rev A - left");
  const std::string right = service(world, "300500 Rev A - right")["Item"]["Id"].text();
  world.must({"run", "quickbooks", "refresh"});
  const Json issue =
      blocked(world, po_ordered("e-1", order_numbered("1042")), "purchase_order/1042");
  CHECK(issue["fixes"].dump() == R"(["create","use"])");
  fails_and_says(fix(world, issue, {"--use", "300500 Rev A"}), {"no active item called"});
  fails_and_says(fix(world, issue, {"reactivate"}), {"Choose one"});
  CHECK(fix(world, issue, {"--use", "300500 rev a - RIGHT"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(item_of_line(world, "1042") == right);
  world.deliver(po_ordered("e-2", order_numbered("1043")));
  CHECK(item_of_line(world, "1043") == right);
  everything_is_out(world);
}

TEST_CASE("a supplier that is called otherwise in QuickBooks is picked once") {
  const World world;
  Order order = order_numbered("1042");
  order.supplier.id = "S-9";
  order.supplier.name = "Hicks: the hardware people";
  const Json issue = blocked(world, po_ordered("e-1", order), "purchase_order/1042");
  CHECK(fix(world, issue, {"--use", "Hicks Hardware"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.purchase_order("1042")["VendorRef"]["value"].text() ==
        id_of(world, "Vendor", "Hicks Hardware"));
  order.id = "1043";
  world.deliver(po_ordered("e-2", order));
  everything_is_out(world);
}

TEST_CASE("an inactive supplier is made active again under its own name") {
  const World world({.settings = {{"missing_supplier", "create"}}});
  Order order = order_numbered("1042");
  order.supplier.id = "S-9";
  order.supplier.name = "Quarry Lane Castings";
  world.deliver(po_ordered("e-1", order));
  make_inactive(world, "Vendor", "vendor", "Quarry Lane Castings");
  order.id = "1043";
  const Json issue = blocked(world, po_ordered("e-2", order), "purchase_order/1043");
  CHECK(fix(world, issue, {"reactivate"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  const Json vendor = in_books(world, "Vendor", "Quarry Lane Castings");
  CHECK(vendor["Active"].text() == "true");
  CHECK(vendor["CompanyName"].text() == "Quarry Lane Castings");
  everything_is_out(world);
}

TEST_CASE("a supplier's name that a customer has is told so, and another vendor can be picked") {
  const World world({.settings = {{"missing_supplier", "create"}}});
  world.admin_write("customer", named("DisplayName", "Jo Miller"));
  Order order = order_numbered("1042");
  order.supplier.id = "S-9";
  order.supplier.name = "jo miller";
  const Json issue = blocked(world, po_ordered("e-1", order), "supplier/S-9");
  CHECK(has(issue["title"].text(), "\"jo miller\" is taken in QuickBooks, and not by a supplier"));
  CHECK(issue["code"].text() == "6240");
  CHECK(fix(world, issue, {"--use", "Hicks Hardware"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.purchase_order("1042")["VendorRef"]["value"].text() ==
        id_of(world, "Vendor", "Hicks Hardware"));
  everything_is_out(world);
}

TEST_CASE("parts whose names QuickBooks refuses become items that cannot be mistaken for others") {
  const World world;
  const auto order_of = [](const std::string& id, const std::string& number) {
    Order order = order_numbered(id);
    order.lines[0].part = Part{.id = "P-" + number, .number = number, .revision = "B"};
    return order;
  };
  world.deliver(po_ordered("e-1", order_of("1042", "A:77")) +
                po_ordered("e-2", order_of("1043", "A-77")) +
                po_ordered("e-3", order_of("1044", "A\"77")) +
                po_ordered("e-4", order_of("1045", std::string(120, 'x'))));
  const std::string first = item_of_line(world, "1042");
  CHECK(first != item_of_line(world, "1043"));
  CHECK(first != item_of_line(world, "1044"));
  for (const Json& item : world.objects("Item"))
    if (item["Id"].text() == first) {
      CHECK(item["Sku"].text() == "A:77");
      CHECK(has(item["PurchaseDesc"].text(), "A:77 Rev B: "));
    }
  world.deliver(po_ordered("e-5", order_of("1046", "A:77")));
  CHECK(item_of_line(world, "1046") == first);
  everything_is_out(world);
}

TEST_CASE("an issue that only the books or the ERP can mend says so") {
  const World world;
  const Json issue =
      blocked(world, po_ordered("e-1", with_code("1042", "Shop Suplies")), "purchase_order/1042");
  CHECK(issue["fixes"].size() == 0);
  fails_and_says(fix(world, issue, {"create"}), {"cannot be fixed from here", "Add the account"});
}
