#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

Json truth(bool value) {
  return Json::parse(value ? "true" : "false");
}

void track_classes(const World& world, bool per_line, bool per_transaction) {
  Json preferences = world.admin_read("preferences")["Preferences"];
  Json& accounting = preferences.member("AccountingInfoPrefs");
  accounting.set("ClassTrackingPerTxnLine", truth(per_line));
  accounting.set("ClassTrackingPerTxn", truth(per_transaction));
  world.admin_write("preferences", preferences);
  world.must({"run", "quickbooks", "refresh"});
}

Order with_classes(const std::string& id, const std::vector<std::string>& classes) {
  Order order = order_numbered(id);
  order.lines.clear();
  for (const std::string& name : classes) {
    Line line;
    line.id = std::to_string(order.lines.size() + 1);
    if (!name.empty()) line.klass = name;
    order.lines.push_back(line);
  }
  return order;
}

Order in_country(const std::string& currency) {
  Order order = order_numbered("1042");
  order.currency = order.supplier.currency = currency;
  return order;
}

} // namespace

TEST_CASE(
    "a company with one class an order gets it on the order, and lines that differ hold it up") {
  const World world;
  track_classes(world, false, true);
  world.deliver(po_ordered("e-1", with_classes("1042", {"R&D", ""})));
  const Json order = world.purchase_order("1042");
  CHECK(order["ClassRef"]["value"].text() == in_books(world, "Class", "R&D")["Id"].text());
  CHECK_FALSE(order["Line"].at(0)["ItemBasedExpenseLineDetail"].has("ClassRef"));

  Json plant = Json::object();
  world.admin_write("class", plant.set("Name", "Plant 2"));
  world.must({"run", "quickbooks", "refresh"});
  const Json issue = blocked(world, po_ordered("e-2", with_classes("1043", {"R&D", "Plant 2"})),
                             "purchase_order/1043");
  CHECK(has(issue["title"].text(), "different classes"));
  track_classes(world, true, false); // as the remedy says
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  everything_is_out(world);
}

TEST_CASE("where classes are switched off the order goes out, and a person is told once") {
  const World world;
  track_classes(world, false, false);
  world.deliver(po_ordered("e-1", with_classes("1042", {"R&D"})) +
                po_ordered("e-2", with_classes("1043", {"R&D"})));
  CHECK(world.count("PurchaseOrder") == 2);
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  CHECK(has(issues.at(0)["title"].text(), "Classes are switched off"));
  CHECK(notices(world).size() == 1);

  track_classes(world, true, false);
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
}

TEST_CASE("classes that were switched off since QuickBooks was last read are told, too") {
  const World world;
  Json preferences = world.admin_read("preferences")["Preferences"];
  preferences.member("AccountingInfoPrefs").set("ClassTrackingPerTxnLine", truth(false));
  world.admin_write("preferences", preferences);
  world.deliver(po_ordered("e-1", with_classes("1042", {"R&D"})));
  REQUIRE(world.open_issues().size() == 1);
  CHECK(has(world.open_issues().at(0)["title"].text(), "Classes are switched off"));
  track_classes(world, true, false);
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("an order in Britain, Canada or Australia carries the tax code of the settings") {
  struct Place {
    const char *region, *currency, *code, *tax, *total;
  };
  for (const Place& place :
       {Place{"UK", "GBP", "20.0% S", "25", "150"}, Place{"CA", "CAD", "HST ON", "16.25", "141.25"},
        Place{"AU", "AUD", "GST", "12.5", "137.5"}}) {
    CAPTURE(place.region);
    const World world({.company = "Tax Place (fictional)",
                       .region = place.region,
                       .settings = {{"tax_code", place.code}}});
    Order order = in_country(place.currency);
    order.fees = {{.id = "f1", .name = "GST", .amount = place.tax}};
    world.deliver(po_ordered("e-1", order));
    Json written = world.purchase_order("1042");
    CHECK(written["GlobalTaxCalculation"].text() == "TaxExcluded");
    CHECK(written["Line"].size() == 1); // the fee is the tax
    CHECK(plain(written["TxnTaxDetail"]["TotalTax"].text()) == place.tax);
    CHECK(plain(written["TotalAmt"].text()) == place.total);
    everything_is_out(world);

    // The host reckons another tax: it stands as QuickBooks says, and a person is told.
    order.version = 2;
    order.fees[0].amount = "1";
    order.memo = "changed";
    world.deliver(po_ordered("e-2", order));
    REQUIRE(world.open_issues().size() == 1);
    CHECK(has(world.open_issues().at(0)["title"].text(), "another tax"));
    order.version = 3;
    order.fees[0].amount = place.tax;
    order.memo = "right again";
    world.deliver(po_ordered("e-3", order));
    everything_is_out(world);
  }
}

TEST_CASE("outside the United States an order without a tax code says that tax does not apply") {
  const World world({.company = "Tax Place (fictional)", .region = "UK"});
  world.deliver(po_ordered("e-1", in_country("GBP")));
  CHECK(world.purchase_order("1042")["GlobalTaxCalculation"].text() == "NotApplicable");

  // A tax code chosen later: known at the next refresh, whose name is held to what there is.
  world.set({{"tax_code", "17.5% S"}});
  Order order = in_country("GBP");
  order.version = 2;
  const Json issue = blocked(world, po_ordered("e-2", order), "purchase_order/1042");
  CHECK(has(issue["title"].text(), "no tax code called \"17.5% S\""));
  world.set({{"tax_code", "5.0% R"}});
  CHECK(world.drain().exit_code == 0);
  CHECK(plain(world.purchase_order("1042")["TotalAmt"].text()) == "131.25");
  everything_is_out(world);
}
