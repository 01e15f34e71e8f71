#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

json order_of(Desk& desk, const std::string& id) {
  return desk.get("purchaseorder/" + id)["PurchaseOrder"];
}

json bracket(Desk& desk) {
  return desk.get("item/" + desk.id_of("Item", "820412-001 Rev B"))["Item"];
}

std::string new_order(Desk& desk) {
  return desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"];
}

} // namespace

TEST_CASE("a bill linked to an order moves stock, marks the line and shows on the order") {
  Desk desk;
  const auto id = new_order(desk);
  const auto reply = desk.post("bill", desk.bill(id, 4));
  REQUIRE(reply.status == 200);
  const auto& bill = reply["Bill"];
  CHECK(bill["Line"][0]["LinkedTxn"][0] ==
        json{{"TxnId", id}, {"TxnType", "PurchaseOrder"}, {"TxnLineId", "1"}});
  CHECK(bill["LinkedTxn"][0] == json{{"TxnId", id}, {"TxnType", "PurchaseOrder"}});
  CHECK(bill["Balance"] == 50);
  const auto order = order_of(desk, id);
  CHECK(order["SyncToken"] == "1");
  CHECK(order["Line"][0]["Received"] == 4);
  CHECK(order["LinkedTxn"][0] == json{{"TxnId", bill["Id"]}, {"TxnType", "Bill"}});
  CHECK(order["POStatus"] == "Open");
  CHECK(bracket(desk)["QtyOnHand"] == 29);
  CHECK(bracket(desk)["SyncToken"] == "1");
}

TEST_CASE("an order closes when all its lines are billed, and reopens when a bill goes") {
  Desk desk;
  const auto id = new_order(desk);
  REQUIRE(desk.post("bill", desk.bill(id, 4)).status == 200);
  auto rest = desk.bill(id, 6);
  rest["Line"].push_back(
      {{"DetailType", "AccountBasedExpenseLineDetail"},
       {"Amount", 15},
       {"LinkedTxn", {{{"TxnId", id}, {"TxnType", "PurchaseOrder"}, {"TxnLineId", "2"}}}},
       {"AccountBasedExpenseLineDetail",
        {{"AccountRef", by_id(desk.id_of("Account", "Shipping and Delivery"))}}}});
  const auto last = desk.post("bill", rest)["Bill"];
  CHECK(order_of(desk, id)["POStatus"] == "Closed");
  const json key = {{"Id", last["Id"]}, {"SyncToken", last["SyncToken"]}};
  REQUIRE(desk.post_with("bill", "operation", "delete", key).status == 200);
  const auto order = order_of(desk, id);
  CHECK(order["POStatus"] == "Open");
  CHECK(order["Line"][0]["Received"] == 4);
  CHECK_FALSE(order["Line"][1].contains("Received"));
  CHECK(order["LinkedTxn"].size() == 1);
  CHECK(bracket(desk)["QtyOnHand"] == 29);
}

TEST_CASE("a link that leads nowhere is dropped without a word") {
  Desk desk;
  const auto id = new_order(desk);
  auto wrong_line = desk.bill(id, 4, "9");
  auto wrong_order = desk.bill("4711", 4);
  auto wrong_type = desk.bill(id, 4);
  wrong_type["Line"][0]["LinkedTxn"][0]["TxnType"] = "Estimate";
  auto no_line = desk.bill(id, 4);
  no_line["Line"][0]["LinkedTxn"][0].erase("TxnLineId");
  auto other_vendor = desk.bill(id, 4);
  other_vendor["VendorRef"] = by_id(desk.id_of("Vendor", "Northgate Steel"));
  for (const auto& body : {wrong_line, wrong_order, wrong_type, no_line, other_vendor}) {
    const auto reply = desk.post("bill", body);
    CHECK(reply.status == 200);
    CHECK_FALSE(reply["Bill"].contains("LinkedTxn"));
    CHECK_FALSE(reply["Bill"]["Line"][0].contains("LinkedTxn"));
  }
  CHECK(order_of(desk, id)["SyncToken"] == "0");
}

TEST_CASE("a closed order takes no further links") {
  Desk desk;
  const auto id = new_order(desk);
  auto order = order_of(desk, id);
  order["POStatus"] = "Closed";
  REQUIRE(desk.post("purchaseorder", order).status == 200);
  CHECK_FALSE(desk.post("bill", desk.bill(id, 4))["Bill"].contains("LinkedTxn"));
}

TEST_CASE("a bill line that was not linked when made cannot be linked later, a new line can") {
  Desk desk;
  const auto id = new_order(desk);
  auto body = desk.bill(id, 4);
  const auto link = body["Line"][0]["LinkedTxn"];
  body["Line"][0].erase("LinkedTxn");
  auto bill = desk.post("bill", body)["Bill"];
  bill["Line"][0]["LinkedTxn"] = link;
  auto updated = desk.post("bill", bill)["Bill"];
  CHECK_FALSE(updated["Line"][0].contains("LinkedTxn"));
  updated["Line"][0].erase("Id");
  updated["Line"][0]["LinkedTxn"] = link;
  updated = desk.post("bill", updated)["Bill"];
  CHECK(updated["Line"][0]["LinkedTxn"] == link);
  CHECK(order_of(desk, id)["Line"][0]["Received"] == 4);
}

TEST_CASE("changing a bill changes what the order has received") {
  Desk desk;
  const auto id = new_order(desk);
  auto bill = desk.post("bill", desk.bill(id, 4))["Bill"];
  bill["Line"][0]["ItemBasedExpenseLineDetail"]["Qty"] = 6;
  bill["Line"][0]["Amount"] = 75;
  REQUIRE(desk.post("bill", bill).status == 200);
  CHECK(order_of(desk, id)["Line"][0]["Received"] == 6);
  CHECK(order_of(desk, id)["LinkedTxn"].size() == 1);
  CHECK(bracket(desk)["QtyOnHand"] == 31);
}

TEST_CASE("one bill may take lines of several orders") {
  Desk desk;
  const auto first = new_order(desk);
  const std::string second = desk.post("purchaseorder", desk.order("1043"))["PurchaseOrder"]["Id"];
  auto body = desk.bill(first, 2);
  body["Line"].push_back(desk.bill(second, 3)["Line"][0]);
  CHECK(desk.post("bill", body)["Bill"]["LinkedTxn"].size() == 2);
  CHECK(order_of(desk, first)["Line"][0]["Received"] == 2);
  CHECK(order_of(desk, second)["Line"][0]["Received"] == 3);
}

TEST_CASE("an order with bills cannot be deleted or lose a billed line") {
  Desk desk;
  const auto id = new_order(desk);
  REQUIRE(desk.post("bill", desk.bill(id, 4)).status == 200);
  auto order = order_of(desk, id);
  const json key = {{"Id", id}, {"SyncToken", order["SyncToken"]}};
  CHECK(desk.post_with("purchaseorder", "operation", "delete", key).code() == "800");
  order["Line"].erase(0);
  CHECK(desk.post("purchaseorder", order).code() == "6000");
}

TEST_CASE("what an order has received survives an update of the order") {
  Desk desk;
  const auto id = new_order(desk);
  REQUIRE(desk.post("bill", desk.bill(id, 4)).status == 200);
  auto order = order_of(desk, id);
  order["Memo"] = "changed";
  order["Line"][0]["Received"] = 9;
  order.erase("LinkedTxn");
  const auto updated = desk.post("purchaseorder", order)["PurchaseOrder"];
  CHECK(updated["Line"][0]["Received"] == 4);
  CHECK(updated["LinkedTxn"].size() == 1);
}

TEST_CASE("a bill raises what is owed to the vendor and on payables, and deleting it lowers both") {
  Desk desk;
  const auto id = new_order(desk);
  const auto bill = desk.post("bill", desk.bill(id, 4))["Bill"];
  const auto vendor = "vendor/" + desk.id_of("Vendor", "Hicks Hardware");
  const auto payables = "account/" + desk.id_of("Account", "Accounts Payable (A/P)");
  CHECK(desk.get(vendor)["Vendor"]["Balance"] == 50);
  CHECK(desk.get(vendor)["Vendor"]["SyncToken"] == "0");
  CHECK(desk.get(payables)["Account"]["CurrentBalance"] == -50);
  CHECK(desk.get("account/" +
                 desk.id_of("Account", "Inventory Asset"))["Account"]["CurrentBalance"] == 50);
  desk.post_with("bill", "operation", "delete", {{"Id", bill["Id"]}, {"SyncToken", "0"}});
  CHECK(desk.get(vendor)["Vendor"]["Balance"] == 0);
  CHECK(desk.get(payables)["Account"]["CurrentBalanceWithSubAccounts"] == 0);
}

TEST_CASE("a bill before the start of an inventory item is fault 6270, an order is not") {
  Desk desk;
  const auto id = new_order(desk);
  auto bill = desk.bill(id, 4);
  bill["TxnDate"] = "2025-12-31";
  CHECK(desk.post("bill", bill).code() == "6270");
  auto order = desk.order("1043");
  order["TxnDate"] = "2025-12-31";
  CHECK(desk.post("purchaseorder", order).status == 200);
}

TEST_CASE("a bill in a closed period is fault 6200") {
  Desk desk;
  const json prefs = {{"Id", "1"},
                      {"SyncToken", "0"},
                      {"sparse", true},
                      {"AccountingInfoPrefs", {{"BookCloseDate", "2026-08-20"}}}};
  REQUIRE(desk.post("preferences", prefs).status == 200);
  auto bill = desk.bill("0", 4);
  CHECK(desk.post("bill", bill).code() == "6200");
  bill["TxnDate"] = "2026-08-21";
  CHECK(desk.post("bill", bill).status == 200);
}

TEST_CASE("a bill's due date comes from its terms") {
  Desk desk;
  auto bill = desk.bill("0", 4);
  CHECK(desk.post("bill", bill)["Bill"]["DueDate"] == "2026-09-19");
  bill["SalesTermRef"] = by_id("2");
  CHECK(desk.post("bill", bill)["Bill"]["DueDate"] == "2026-09-04");
}

TEST_CASE("ClassRef does not exist on a bill's header") {
  Desk desk;
  auto bill = desk.bill("0", 4);
  bill["ClassRef"] = by_id(desk.id_of("Class", "Production"));
  CHECK(desk.post("bill", bill).code() == "2010");
}

TEST_CASE("a billable line needs a customer") {
  Desk desk;
  auto bill = desk.bill("0", 4);
  bill["Line"][0]["ItemBasedExpenseLineDetail"]["BillableStatus"] = "Billable";
  CHECK(desk.post("bill", bill).code() == "6310");
  bill["Line"][0]["ItemBasedExpenseLineDetail"]["CustomerRef"] =
      by_id(desk.id_of("Customer", "Cedar Point Robotics"));
  CHECK(desk.post("bill", bill).status == 200);
}
