#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

TEST_CASE("an order is stored, numbered by line and summed up") {
  Desk desk;
  const auto reply = desk.post("purchaseorder", desk.order());
  REQUIRE(reply.status == 200);
  const auto& order = reply["PurchaseOrder"];
  CHECK(order["SyncToken"] == "0");
  CHECK(order["domain"] == "QBO");
  CHECK(order["sparse"] == false);
  CHECK(order["TotalAmt"] == 140);
  CHECK(order["POStatus"] == "Open");
  CHECK(order["EmailStatus"] == "NotSet");
  CHECK(order["VendorRef"]["name"] == "Hicks Hardware");
  CHECK(order["CurrencyRef"]["value"] == "USD");
  CHECK(order["Line"][0]["Id"] == "1");
  CHECK(order["Line"][1]["LineNum"] == 2);
  CHECK(order["Line"][0]["ItemBasedExpenseLineDetail"]["TaxCodeRef"]["value"] == "NON");
  CHECK(order["MetaData"]["CreateTime"].get<std::string>().ends_with("-07:00"));
  CHECK(desk.get("purchaseorder/" + order["Id"].get<std::string>())["PurchaseOrder"] == order);
}

TEST_CASE("amounts come back without noise digits") {
  Desk desk;
  auto text = desk.order().dump();
  const auto price = text.find("\"UnitPrice\":12.5");
  REQUIRE(price != std::string::npos);
  text.replace(price, 16, "\"UnitPrice\":45.5805");
  text.replace(text.find("\"Qty\":10"), 8, "\"Qty\":3");
  text.replace(text.find("\"Amount\":125"), 12, "\"Amount\":136.74");
  const auto reply = desk.post_text("purchaseorder", text);
  REQUIRE(reply.status == 200);
  CHECK(reply.text.find("\"UnitPrice\":45.5805,") != std::string::npos);
  CHECK(reply.text.find("\"Amount\":136.74,") != std::string::npos);
  CHECK(reply.text.find("\"TotalAmt\":151.74,") != std::string::npos);
}

TEST_CASE("an Amount that is not Qty times UnitPrice to the cent is fault 6070") {
  Desk desk;
  auto order = desk.order();
  order["Line"][0]["Amount"] = 125.01;
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.code() == "6070");
  CHECK(reply.detail() == "Amount is not equal to UnitPrice * Qty. Supplied value:125.01");
}

TEST_CASE("Qty times UnitPrice is rounded half away from zero") {
  Desk desk;
  auto order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["Qty"] = 1;
  order["Line"][0]["ItemBasedExpenseLineDetail"]["UnitPrice"] = 0.125;
  order["Line"][0]["Amount"] = 0.13;
  CHECK(desk.post("purchaseorder", order).status == 200);
  order["DocNumber"] = "1043";
  order["Line"][0]["Amount"] = 0.12;
  CHECK(desk.post("purchaseorder", order).code() == "6070");
}

TEST_CASE("an Amount has at most ten digits before and five behind the point") {
  Desk desk;
  auto order = desk.order();
  order["Line"][1]["Amount"] = 12345678901;
  CHECK(desk.post("purchaseorder", order).code() == "2110");
  const auto text = [&](const std::string& amount) {
    auto body = desk.order().dump();
    return body.replace(body.find("\"Amount\":15"), 11, "\"Amount\":" + amount);
  };
  CHECK(desk.post_text("purchaseorder", text("15.000001")).code() == "2110");
  CHECK(desk.post_text("purchaseorder", text("15.00001")).status == 200);
}

TEST_CASE("a second order with the same number is fault 6140 and names the first") {
  Desk desk;
  const auto first = desk.post("purchaseorder", desk.order("PO-7"));
  const auto id = first["PurchaseOrder"]["Id"].get<std::string>();
  const auto reply = desk.post("purchaseorder", desk.order("po-7"));
  CHECK(reply.code() == "6140");
  CHECK(reply.detail().find("DocNumber=po-7 is assigned to TxnType=Purchase Order with TxnId=" +
                            id) != std::string::npos);
}

TEST_CASE("a duplicate number is taken when the request allows it") {
  Desk desk;
  REQUIRE(desk.post("purchaseorder", desk.order("PO-7")).status == 200);
  const auto reply =
      desk.post_with("purchaseorder", "include", "allowduplicatedocnum", desk.order("PO-7"));
  CHECK(reply.status == 200);
  CHECK(desk.query("select count(*) from PurchaseOrder where DocNumber = 'PO-7'")["QueryResponse"]
                                                                                 ["totalCount"] ==
        2);
}

TEST_CASE("a bill may carry the number of an order") {
  Desk desk;
  const auto order = desk.post("purchaseorder", desk.order("7"));
  auto bill = desk.bill(order["PurchaseOrder"]["Id"], 1);
  bill["DocNumber"] = "7";
  CHECK(desk.post("bill", bill).status == 200);
}

TEST_CASE("a number is free again when its order is deleted or renumbered") {
  Desk desk;
  auto order = desk.post("purchaseorder", desk.order("1"))["PurchaseOrder"];
  order["DocNumber"] = "2";
  REQUIRE(desk.post("purchaseorder", order).status == 200);
  const auto second = desk.post("purchaseorder", desk.order("1"));
  REQUIRE(second.status == 200);
  const json key = {{"Id", second["PurchaseOrder"]["Id"]}, {"SyncToken", "0"}};
  REQUIRE(desk.post_with("purchaseorder", "operation", "delete", key).status == 200);
  CHECK(desk.post("purchaseorder", desk.order("1")).status == 200);
}

TEST_CASE("an update with an old SyncToken is fault 5010, and each update counts it up") {
  Desk desk;
  auto order = desk.post("purchaseorder", desk.order())["PurchaseOrder"];
  order["Memo"] = "first";
  const auto updated = desk.post("purchaseorder", order);
  CHECK(updated["PurchaseOrder"]["SyncToken"] == "1");
  CHECK(desk.post("purchaseorder", order).code() == "5010");
  order.erase("SyncToken");
  CHECK(desk.post("purchaseorder", order).element() == "SyncToken");
}

TEST_CASE("a full update nulls what it omits, a sparse one keeps it") {
  Desk desk;
  auto body = desk.order();
  body["Memo"] = "Dock 3";
  body["PrivateNote"] = "erp:1042";
  body["DueDate"] = "2026-09-01";
  const auto created = desk.post("purchaseorder", body)["PurchaseOrder"];
  const json sparse = {
      {"Id", created["Id"]}, {"SyncToken", "0"}, {"sparse", true}, {"Memo", "Dock 4"}};
  auto order = desk.post("purchaseorder", sparse)["PurchaseOrder"];
  CHECK(order["Memo"] == "Dock 4");
  CHECK(order["PrivateNote"] == "erp:1042");
  CHECK(order["Line"] == created["Line"]);
  order.erase("Memo");
  order.erase("DueDate");
  order = desk.post("purchaseorder", order)["PurchaseOrder"];
  CHECK_FALSE(order.contains("Memo"));
  CHECK_FALSE(order.contains("DueDate"));
  CHECK(order["PrivateNote"] == "erp:1042");
  CHECK(order["DocNumber"] == "1042");
  order.erase("Line");
  CHECK(desk.post("purchaseorder", order).code() == "2020");
}

TEST_CASE("an empty text in a sparse update clears the field") {
  Desk desk;
  auto body = desk.order();
  body["Memo"] = "Dock 3";
  const auto created = desk.post("purchaseorder", body)["PurchaseOrder"];
  const json sparse = {{"Id", created["Id"]}, {"SyncToken", "0"}, {"sparse", true}, {"Memo", ""}};
  CHECK_FALSE(desk.post("purchaseorder", sparse)["PurchaseOrder"].contains("Memo"));
}

TEST_CASE("lines keep their Id, new ones get the next, and left out ones go") {
  Desk desk;
  auto order = desk.post("purchaseorder", desk.order())["PurchaseOrder"];
  auto added = order["Line"][1];
  added.erase("Id");
  added["Amount"] = 7;
  order["Line"] = json::array({order["Line"][1], added});
  order = desk.post("purchaseorder", order)["PurchaseOrder"];
  CHECK(order["Line"].size() == 2);
  CHECK(order["Line"][0]["Id"] == "2");
  CHECK(order["Line"][1]["Id"] == "3");
  CHECK(order["TotalAmt"] == 22);
}

TEST_CASE("a line Id that the order does not know makes a new line") {
  Desk desk;
  auto body = desk.order();
  body["Line"][0]["Id"] = "0";
  body["Line"][1]["Id"] = "77";
  const auto lines = desk.post("purchaseorder", body)["PurchaseOrder"]["Line"];
  CHECK(lines[0]["Id"] == "1");
  CHECK(lines[1]["Id"] == "2");
}

TEST_CASE("a line without item is text, and its Amount is ignored") {
  Desk desk;
  auto body = desk.order();
  body["Line"].push_back({{"DetailType", "ItemBasedExpenseLineDetail"},
                          {"Amount", 99},
                          {"Description", "Deliver before noon"},
                          {"ItemBasedExpenseLineDetail", json::object()}});
  const auto reply = desk.post("purchaseorder", body);
  REQUIRE(reply.status == 200);
  CHECK(reply["PurchaseOrder"]["TotalAmt"] == 140);
}

TEST_CASE("an account line needs an account, and never payables or receivables") {
  Desk desk;
  auto body = desk.order();
  body["Line"][1]["AccountBasedExpenseLineDetail"]["AccountRef"] =
      by_id(desk.id_of("Account", "Accounts Payable (A/P)"));
  CHECK(desk.post("purchaseorder", body).code() == "6430");
  body["Line"][1]["AccountBasedExpenseLineDetail"].erase("AccountRef");
  CHECK(desk.post("purchaseorder", body).code() == "6440");
}

TEST_CASE("APAccountRef must be payables, and is implied where there is only one") {
  Desk desk;
  auto body = desk.order();
  body["APAccountRef"] = by_id(desk.id_of("Account", "Checking"));
  CHECK(desk.post("purchaseorder", body).code() == "6430");
  body.erase("APAccountRef");
  CHECK(desk.post("purchaseorder", body)["PurchaseOrder"]["APAccountRef"]["name"] ==
        "Accounts Payable (A/P)");
  REQUIRE(desk.post("account", {{"Name", "Second payables"}, {"AccountType", "Accounts Payable"}})
              .status == 200);
  body["DocNumber"] = "1043";
  CHECK(desk.post("purchaseorder", body).element() == "APAccountRef");
}

TEST_CASE("a class on a line is kept while the company tracks classes by line") {
  Desk desk;
  auto body = desk.order();
  body["Line"][0]["ItemBasedExpenseLineDetail"]["ClassRef"] =
      by_id(desk.id_of("Class", "Production:Assembly"));
  const auto kept =
      desk.post("purchaseorder", body)["PurchaseOrder"]["Line"][0]["ItemBasedExpenseLineDetail"];
  CHECK(kept["ClassRef"]["name"] == "Production:Assembly");
  CHECK(kept["ClassRef"]["value"].get<std::string>().size() == 19);
  const json prefs = {{"Id", "1"},
                      {"SyncToken", "0"},
                      {"sparse", true},
                      {"AccountingInfoPrefs", {{"ClassTrackingPerTxnLine", false}}}};
  REQUIRE(desk.post("preferences", prefs).status == 200);
  body["DocNumber"] = "1043";
  const auto dropped =
      desk.post("purchaseorder", body)["PurchaseOrder"]["Line"][0]["ItemBasedExpenseLineDetail"];
  CHECK_FALSE(dropped.contains("ClassRef"));
}

TEST_CASE("US lines take TAX or NON and nothing else") {
  Desk desk;
  auto body = desk.order();
  body["Line"][0]["ItemBasedExpenseLineDetail"]["TaxCodeRef"] = by_id("5");
  CHECK(desk.post("purchaseorder", body).code() == "6100");
}

TEST_CASE("custom fields show their labels, and an unknown one is fault 3000") {
  Desk desk;
  auto body = desk.order();
  body["CustomField"] = {
      {{"DefinitionId", "1"}, {"Type", "StringType"}, {"StringValue", "Dock 3"}}};
  const auto fields = desk.post("purchaseorder", body)["PurchaseOrder"]["CustomField"];
  CHECK(fields[0] == json{{"DefinitionId", "1"},
                          {"Name", "Dock"},
                          {"Type", "StringType"},
                          {"StringValue", "Dock 3"}});
  CHECK_FALSE(fields[1].contains("StringValue"));
  body["DocNumber"] = "1043";
  body["CustomField"][0]["DefinitionId"] = "3";
  CHECK(desk.post("purchaseorder", body).code() == "3000");
}

TEST_CASE("a company without custom numbers numbers orders itself") {
  Desk desk;
  const json prefs = {
      {"Id", "1"},
      {"SyncToken", "0"},
      {"sparse", true},
      {"OtherPrefs",
       {{"NameValue",
         {{{"Name", "VendorAndPurchasesPrefs.UseCustomTxnNumbers"}, {"Value", "false"}}}}}}};
  REQUIRE(desk.post("preferences", prefs).status == 200);
  auto body = desk.order();
  body.erase("DocNumber");
  CHECK(desk.post("purchaseorder", body)["PurchaseOrder"]["DocNumber"] == "1001");
  CHECK(desk.post("purchaseorder", body)["PurchaseOrder"]["DocNumber"] == "1002");
}

TEST_CASE("a missing TxnDate becomes the day it is on the US Pacific coast") {
  Desk desk;
  desk.now = emulator::parse_instant("2026-08-21T05:00:00Z").value();
  auto body = desk.order();
  body.erase("TxnDate");
  CHECK(desk.post("purchaseorder", body)["PurchaseOrder"]["TxnDate"] == "2026-08-20");
}

TEST_CASE("a deleted order answers Deleted and is gone") {
  Desk desk;
  const auto id =
      desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"].get<std::string>();
  const auto reply =
      desk.post_with("purchaseorder", "operation", "delete", {{"Id", id}, {"SyncToken", "0"}});
  CHECK(reply["PurchaseOrder"] == json{{"domain", "QBO"}, {"status", "Deleted"}, {"Id", id}});
  CHECK(desk.get("purchaseorder/" + id).code() == "610");
  CHECK(desk.post_with("purchaseorder", "operation", "delete", {{"Id", id}, {"SyncToken", "0"}})
            .code() == "610");
}

TEST_CASE("an order can be closed and reopened by hand") {
  Desk desk;
  auto order = desk.post("purchaseorder", desk.order())["PurchaseOrder"];
  order["POStatus"] = "Closed";
  order = desk.post("purchaseorder", order)["PurchaseOrder"];
  CHECK(order["POStatus"] == "Closed");
  order["POStatus"] = "Open";
  CHECK(desk.post("purchaseorder", order)["PurchaseOrder"]["POStatus"] == "Open");
}

TEST_CASE("an order may keep a vendor that was made inactive later") {
  Desk desk;
  auto order = desk.post("purchaseorder", desk.order())["PurchaseOrder"];
  const auto vendor = order["VendorRef"]["value"];
  REQUIRE(
      desk.post("vendor", {{"Id", vendor}, {"SyncToken", "0"}, {"sparse", true}, {"Active", false}})
          .status == 200);
  order["Memo"] = "changed";
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.status == 200);
  CHECK(reply["PurchaseOrder"]["VendorRef"]["name"] == "Hicks Hardware (deleted)");
}
