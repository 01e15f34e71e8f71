#include "acceptance/people.hpp"

#include <doctest/doctest.h>
#include <functional>

using namespace acceptance;

namespace {

Json yes() {
  return Json::parse("true");
}

} // namespace

TEST_CASE("what is mended in QuickBooks goes out after a refresh, and its issue closes by itself") {
  World world({.settings = {{"fees_account", "Freight Out"}}, .connected = false});
  const Json tooling = in_books(world, "Account", "Tooling");
  const Json second_paint = [&] {
    add_account(world, "Paint", tooling);
    return add_account(world, "Paint", in_books(world, "Account", "Supplies"));
  }();
  const Json second_class = add_class(world, "Assembly", in_books(world, "Class", "R&D"));
  const Json second_vendor = add_vendor(world, "Lindqvist  Bearings");
  const Json steel = add_item(world, "555-01 Rev C, steel");
  add_item(world, "555-01 Rev C, brass");
  Json theirs = add_order(world, "2011", "Northgate Steel");
  world.connect();

  struct Curable {
    Order order;
    std::function<void()> mend;
  };
  const std::vector<Curable> curable = {
      {with_code("2001", "Shop Suplies"), [&] { add_account(world, "Shop Suplies"); }},
      {with_code("2002", "Paint"),
       [&] { change(world, "Account", second_paint, "Active", Json::parse("false")); }},
      {with_code("2003", "Scrap"),
       [&] {
         change(world, "Account", in_books(world, "Account", "Scrap (deleted)"), "Active", yes());
       }},
      {with_class("2004", "Produktion"), [&] { add_class(world, "Produktion"); }},
      {with_class("2005", "Assembly"),
       [&] { change(world, "Class", second_class, "Name", "Assembly of trials"); }},
      {with_class("2006", "Prototypes"),
       [&] {
         change(world, "Class", in_books(world, "Class", "Prototypes (deleted)"), "Active", yes());
       }},
      {from_supplier("2007", "Nowhere Tools"), [&] { add_vendor(world, "Nowhere Tools"); }},
      {from_supplier("2008", "Old Mill Tooling"),
       [&] {
         change(world, "Vendor", in_books(world, "Vendor", "Old Mill Tooling (deleted)"), "Active",
                yes());
       }},
      {from_supplier("2009", "LINDQVIST bearings"),
       [&] { change(world, "Vendor", second_vendor, "DisplayName", "Lindqvist Retired"); }},
      {with_part("2010", {.id = "P-10", .number = "820412-001", .revision = "A"}),
       [&] {
         change(world, "Item", in_books(world, "Item", "820412-001 Rev A (deleted)"), "Active",
                yes());
       }},
      {order_numbered("2011"),
       [&] {
         theirs.set("DocNumber", "N-2011");
         world.admin_write("purchaseorder", theirs);
       }},
      {with_part("2012", {.id = "P-12", .number = "555-01", .revision = "C"}),
       [&] { change(world, "Item", steel, "Name", "555-01 Rev C"); }},
      {with_fee("2013"), [&] { add_account(world, "Freight Out"); }},
  };
  std::string lines;
  for (const Curable& one : curable)
    lines += po_ordered("e-" + one.order.id, one.order);
  CHECK(world.emit(lines).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.open_issues().size() == curable.size());
  CHECK(notices(world).size() == curable.size());
  CHECK(world.count("PurchaseOrder") == 1); // the other one of that number

  for (const Curable& one : curable)
    one.mend();
  const auto refreshed = world.must({"run", "quickbooks", "refresh"});
  CHECK(has(refreshed.out, "what changed"));
  const auto drained = world.drain();
  CHECK(drained.exit_code == 0);
  INFO(world.host({"run", "quickbooks", "inbox", "list"}).out);
  CHECK(world.count("PurchaseOrder") == 1 + curable.size());
  for (const Curable& one : curable) {
    CAPTURE(one.order.id);
    CHECK(state_of(world, "purchase_order/" + one.order.id) == "delivered");
  }
  everything_is_out(world);
  for (const Json& issue : all_issues(world)) {
    CHECK(issue["state"].text() == "resolved");
    CHECK_FALSE(issue["closed_note"].text().empty());
    CHECK(issue["documents"].size() == 0);
  }
}

TEST_CASE("multicurrency that was turned on lets the orders of that currency go") {
  const World world({.settings = {{"ap_account.EUR", "Payables EUR"}}});
  Order order = from_supplier("1042", "Musterstahl GmbH");
  order.currency = order.supplier.currency = "EUR";
  order.exchange_rate = "1.08";
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  std::string titles;
  for (const Json& issue : world.open_issues())
    titles += issue["title"].text() + "\n";
  CHECK(has(titles, "does not use EUR"));

  Json preferences = world.admin_read("preferences")["Preferences"];
  preferences.member("CurrencyPrefs").set("MultiCurrencyEnabled", yes());
  world.admin_write("preferences", preferences);
  add_vendor(world, "Musterstahl GmbH", "EUR");
  Json account = Json::object();
  account.set("Name", "Payables EUR").set("AccountType", "Accounts Payable");
  Json euro = Json::object();
  account.set("CurrencyRef", euro.set("value", "EUR"));
  world.admin_write("account", account);
  world.must({"run", "quickbooks", "refresh"}); // as the remedy says
  CHECK(world.drain().exit_code == 0);
  CHECK(world.purchase_order("1042")["CurrencyRef"]["value"].text() == "EUR");
  everything_is_out(world);
}

TEST_CASE("a retried issue looks at QuickBooks anew and lets its document go") {
  const World world;
  const Json issue =
      blocked(world, po_ordered("e-1", with_code("1042", "Shop Suplies")), "purchase_order/1042");
  const std::string id = issue["id"].text();

  // Nothing was mended: it is held again, by the same issue, told once.
  world.must({"run", "quickbooks", "inbox", "retry", id});
  CHECK(world.drain().exit_code == 2);
  const Json again = issue_of(world.open_issues(), "purchase_order/1042");
  CHECK(again["id"].text() == id);
  CHECK(notices(world).size() == 1);

  add_account(world, "Shop Suplies");
  const auto retried = world.must({"run", "quickbooks", "inbox", "retry", id, "--json"});
  CHECK(Json::parse(retried.out)["documents"].integer() == 1);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(issue_by_id(world, id)["state"].text() == "resolved");
  everything_is_out(world);
  CHECK(world.host({"run", "quickbooks", "inbox", "retry", "4711"}).exit_code == 1);
}

TEST_CASE("retrying all looks at every held document anew") {
  const World world;
  CHECK(world
            .emit(po_ordered("e-1", with_code("1042", "Shop Suplies")) +
                  po_ordered("e-2", from_supplier("1043", "Nowhere Tools")))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  add_account(world, "Shop Suplies");
  add_vendor(world, "Nowhere Tools");
  world.must({"run", "quickbooks", "inbox", "retry", "--all"});
  CHECK(world.drain().exit_code == 0);
  everything_is_out(world);
}

TEST_CASE("a changed setting lets the documents go that it held up") {
  const World world(
      {.settings = {{"fees_account", "Freight Out"}, {"docnumber_format", "ORDER-{id}"}}});
  const std::string long_number = "000000000000000042"; // 18, with the prefix 24
  CHECK(world
            .emit(po_ordered("e-1", from_supplier("1042", "Nowhere Tools")) +
                  po_ordered("e-2", with_fee("1043")) +
                  po_ordered("e-3", order_numbered(long_number)))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(world.open_issues().size() == 3);

  world.set({{"missing_supplier", "create"}});
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(in_books(world, "Vendor", "Nowhere Tools")["Active"].text() == "true");
  CHECK(world.open_issues().size() == 2);

  world.set({{"docnumber_format", "{id}"}});
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 2);
  CHECK(world.open_issues().size() == 1);

  world.set({{"fees_account", "Shipping and Delivery"}});
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 3);
  everything_is_out(world);
}

TEST_CASE("a document that is saved again replaces the one that was held") {
  const World world;
  blocked(world, po_ordered("e-1", with_code("1042", "Shop Suplies")), "purchase_order/1042");
  Order mended = with_code("1042", "Shop Supplies");
  mended.version = 2;
  world.deliver(po_ordered("e-2", mended));
  REQUIRE(world.count("PurchaseOrder") == 1);
  const Json written = world.purchase_order("1042");
  const Json& detail = written["Line"].at(0)["AccountBasedExpenseLineDetail"];
  CHECK(detail["AccountRef"]["value"].text() ==
        in_books(world, "Account", "Shop Supplies")["Id"].text());
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
  const Json entries = world.run_json({"outbox", "list"});
  REQUIRE(entries.size() == 2);
  CHECK(entries.at(0)["state"].text() == "superseded");
  CHECK(entries.at(1)["state"].text() == "delivered");

  // Saved again with the same fault, it is held again.
  mended.version = 3;
  mended.lines = {coded("Shop Suplies")};
  blocked(world, po_ordered("e-3", mended), "purchase_order/1042");
  CHECK(notices(world).size() == 1);
}

TEST_CASE("a part that is saved again lets the order go that waits for it") {
  const World world;
  Order order = with_part("1042", {.id = "P-7", .number = " ", .revision = "B"});
  blocked(world, po_ordered("e-1", order), "part/P-7");
  CHECK(state_of(world, "purchase_order/1042") == "queued");
  // Engineering renumbers the part, and purchasing saves the order with it.
  const Part renumbered{.id = "P-7", .number = "A-77", .revision = "B"};
  order.lines[0].part = renumbered;
  order.version = 2;
  world.deliver(part_saved("e-2", renumbered) + po_ordered("e-3", order));
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(in_books(world, "Item", "A-77 Rev B")["Active"].text() == "true");
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
}
