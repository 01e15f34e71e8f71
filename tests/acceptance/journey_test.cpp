#include "acceptance/world.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// The account's full name behind a reference of a document.
std::string account_of(const World& world, const Json& reference) {
  for (const Json& account : world.objects("Account"))
    if (account["Id"].text() == reference["value"].text())
      return account["FullyQualifiedName"].text();
  return "no account " + reference.dump();
}

Json named(const Json& objects, const char* member, const std::string& name) {
  Json found;
  int hits = 0;
  for (const Json& object : objects)
    if (object[member].text() == name) {
      found = object;
      ++hits;
    }
  REQUIRE_MESSAGE(hits == 1, name, " was found ", hits, " times");
  return found;
}

} // namespace

TEST_CASE("an ordered purchase order stands in QuickBooks with every field as the host said it") {
  const World world;
  const std::size_t vendors_before = world.count("Vendor");
  world.deliver(po_ordered("e-1", order_of_every_kind()));

  REQUIRE(world.count("PurchaseOrder") == 1);
  const Json order = world.purchase_order("1042");
  const Json hicks = named(world.objects("Vendor"), "DisplayName", "Hicks Hardware");
  CHECK(order["VendorRef"]["value"].text() == hicks["Id"].text());
  CHECK(world.count("Vendor") == vendors_before);
  CHECK(account_of(world, order["APAccountRef"]) == "Accounts Payable (A/P)");
  CHECK(order["CurrencyRef"]["value"].text() == "USD");
  CHECK(order["TxnDate"].text() == "2026-11-20");
  CHECK(order["DueDate"].text() == "2026-12-04");
  CHECK(order["POStatus"].text() == "Open");
  CHECK(order["Memo"].text() == "Deliver to dock 3");
  CHECK(order["PrivateNote"].text() == "Project Kite\n[erp:purchase_order/1042]");
  CHECK(order["POEmail"]["Address"].text() == "orders@hicks.example.com");
  CHECK(plain(order["TotalAmt"].text()) == "366.64");
  const Json& ship_to = order["ShipAddr"];
  CHECK(ship_to.dump().find("Larkfield Works") != std::string::npos);
  CHECK(ship_to.dump().find("1 Mill Road") != std::string::npos);
  CHECK(ship_to["City"].text() == "Sampleville");
  CHECK(ship_to["CountrySubDivisionCode"].text() == "OH");
  CHECK(ship_to["PostalCode"].text() == "45400");
  CHECK(order["VendorAddr"]["City"].text() == "Exampleton");

  REQUIRE(order["Line"].size() == 4);
  const Json items = world.objects("Item"), classes = world.objects("Class");
  const Json& stocked = order["Line"].at(0);
  CHECK(stocked["Description"].text() == "Bracket, anodized");
  CHECK(plain(stocked["Amount"].text()) == "125");
  const Json& bracket = stocked["ItemBasedExpenseLineDetail"];
  CHECK(bracket["ItemRef"]["value"].text() == named(items, "Name", "300500 Rev A")["Id"].text());
  CHECK(plain(bracket["Qty"].text()) == "10");
  CHECK(plain(bracket["UnitPrice"].text()) == "12.5");
  CHECK_FALSE(bracket.has("ClassRef"));

  const Json& odd = order["Line"].at(1);
  CHECK(odd["Description"].text() == "Bearing, sealed");
  CHECK(plain(odd["Amount"].text()) == "136.74");
  const Json& bearing = odd["ItemBasedExpenseLineDetail"];
  CHECK(bearing["ItemRef"]["value"].text() == named(items, "Name", "771003")["Id"].text());
  CHECK(plain(bearing["Qty"].text()) == "3");
  CHECK(plain(bearing["UnitPrice"].text()) == "45.5805");
  CHECK(bearing["ClassRef"]["value"].text() == named(classes, "Name", "R&D")["Id"].text());

  const Json& expense = order["Line"].at(2);
  CHECK(expense["Description"].text() == "Cutting oil, one drum");
  CHECK(plain(expense["Amount"].text()) == "89.9");
  CHECK(account_of(world, expense["AccountBasedExpenseLineDetail"]["AccountRef"]) ==
        "Shop Supplies");

  const Json& fee = order["Line"].at(3);
  CHECK(fee["Description"].text() == "Shipping");
  CHECK(plain(fee["Amount"].text()) == "15");
  CHECK(account_of(world, fee["AccountBasedExpenseLineDetail"]["AccountRef"]) ==
        "Shipping and Delivery");
}

TEST_CASE("a new item is a stocked one that adjusts nothing in the books") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  const Json item = named(world.objects("Item"), "Name", "300500 Rev A");
  CHECK(item["Type"].text() == "Inventory");
  CHECK(item["TrackQtyOnHand"].text() == "true");
  CHECK(plain(item["QtyOnHand"].text()) == "0");
  CHECK(item["InvStartDate"].text() == "2026-11-20"); // the day of the event that created it
  CHECK(account_of(world, item["IncomeAccountRef"]) == "Sales of Product Income");
  CHECK(account_of(world, item["AssetAccountRef"]) == "Inventory Asset");
  CHECK(account_of(world, item["ExpenseAccountRef"]) == "Cost of Goods Sold");
}

TEST_CASE("the plugin's own lists say what was written where") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  const Json order = world.purchase_order("1042");
  const Json link = [&] {
    for (const Json& one : world.run_json({"links", "list"}))
      if (one["subject"].text() == "purchase_order/1042") return one;
    return Json();
  }();
  CHECK(link["entity"].text() == "PurchaseOrder");
  CHECK(link["entity_id"].text() == order["Id"].text());
  CHECK(link["sync_token"].text() == order["SyncToken"].text());
  CHECK(link["doc_number"].text() == "1042");
  CHECK(link["host_total"].text() == "366.6415");
  CHECK(link["document_total"].text() == "366.64");
  for (const Json& entry : world.run_json({"outbox", "list"}))
    CHECK(entry["state"].text() == "delivered");
  const Json status = world.run_json({"status"});
  CHECK(status["connected"].text() == "true");
  CHECK(status["company"]["id"].text() == world.realm());
  CHECK(status["waiting"].integer() == 0);
  CHECK(status["blocked"].integer() == 0);
}
