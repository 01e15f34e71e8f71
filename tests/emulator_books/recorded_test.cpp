#include "desk.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <set>

using nlohmann::json;

namespace {

/// A recorded answer, or null where the recordings are not at hand.
json recorded(const std::string& name) {
  std::ifstream file{std::filesystem::path{RECORDED_RESPONSES} / name};
  if (!file) {
    MESSAGE("skipped: there is no recorded answer ", name, " beside this repository");
    return nullptr;
  }
  return json::parse(file);
}

std::set<std::string> keys(const json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object.items())
    names.insert(name);
  return names;
}

/// All members that the recorded object has must be in ours; `but` names what this company does not
/// use.
void check_has_keys(const json& ours, const json& theirs, const std::set<std::string>& but) {
  for (const auto& name : keys(theirs))
    if (!but.contains(name)) CHECK_MESSAGE(ours.contains(name), "missing " << name);
}

/// A fault in the shape of the recorded one, with its code, message and type.
void check_fault(const Desk::Reply& reply, const std::string& recording) {
  const auto theirs = recorded(recording);
  if (theirs.is_null()) return;
  const auto &mine = reply.body["Fault"], &their = theirs["Fault"];
  CHECK(keys(mine) == keys(their));
  CHECK(mine["type"] == their["type"]);
  const auto &error = mine["Error"][0], &their_error = their["Error"][0];
  CHECK(error["code"] == their_error["code"]);
  CHECK(error["Message"] == their_error["Message"]);
  for (const auto& name : keys(their_error))
    CHECK_MESSAGE(error.contains(name), recording << " has " << name);
}

} // namespace

TEST_CASE("faults have the shape, code and message of the recorded ones") {
  Desk desk;
  auto order = desk.order();
  order["BadJson"] = 1;
  check_fault(desk.post("purchaseorder", order), "fault-2010-unsupported-property.json");
  check_fault(desk.post("item", {{"Type", "Service"}}), "fault-2020-required-param.json");
  check_fault(desk.get("customer/1.5"), "fault-2030-invalid-id.json");
  check_fault(desk.query("select * from null where"), "fault-4000-query-parse.json");
  check_fault(desk.query("SELECT * FROM Custmoer"), "fault-4001-invalid-query.json");
  check_fault(desk.get("customer/1/5"), "fault-500-unsupported-operation.json");
  check_fault(desk.post("vendor", {{"Id", "1"}, {"SyncToken", "9"}, {"DisplayName", "A"}}),
              "fault-5010-stale-object.json");
  check_fault(desk.get("item/4711"), "fault-610-object-not-found.json");
  check_fault(desk.post("customer", {{"DisplayName", "Hicks Hardware"}}),
              "fault-6240-duplicate-name-customer.json");
}

TEST_CASE("details of faults that carry no ids are the recorded ones") {
  Desk desk;
  const auto compare = [](const Desk::Reply& reply, const std::string& name) {
    const auto theirs = recorded(name);
    if (!theirs.is_null()) CHECK(reply.detail() == theirs["Fault"]["Error"][0]["Detail"]);
  };
  compare(desk.get("item/4711"), "fault-610-object-not-found.json");
  compare(desk.get("customer/1.5"), "fault-2030-invalid-id.json");
  compare(desk.post("item", {{"Type", "Service"}}), "fault-2020-required-param.json");
  compare(desk.post("vendor", {{"Id", "1"}, {"SyncToken", "9"}, {"DisplayName", "A"}}),
          "fault-5010-stale-object.json");
}

TEST_CASE("an order has the members of the documented one") {
  Desk desk;
  const auto theirs = recorded("purchaseorder-documented-read.json");
  if (theirs.is_null()) return;
  auto body = desk.order();
  body["POEmail"] = {{"Address", "dock@example.com"}};
  body["ShipAddr"] = {{"Line1", "1 Sample Street"}};
  const auto order = desk.post("purchaseorder", body)["PurchaseOrder"];
  check_has_keys(order, theirs["PurchaseOrder"], {});
  check_has_keys(order["Line"][0], theirs["PurchaseOrder"]["Line"][0], {"ProjectRef"});
  check_has_keys(order["Line"][0]["ItemBasedExpenseLineDetail"],
                 theirs["PurchaseOrder"]["Line"][0]["ItemBasedExpenseLineDetail"], {"CustomerRef"});
  check_has_keys(order["CustomField"][0], theirs["PurchaseOrder"]["CustomField"][0], {});
}

TEST_CASE("a bill has the members of the documented one") {
  Desk desk;
  const auto theirs = recorded("bill-documented-sample.json");
  if (theirs.is_null()) return;
  const std::string order = desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"];
  check_has_keys(desk.post("bill", desk.bill(order, 2))["Bill"], theirs["Bill"], {});
}

TEST_CASE("an inventory item has exactly the members of the recorded one") {
  Desk desk;
  const auto theirs = recorded("item-inventory-read.json");
  if (theirs.is_null()) return;
  const json body = {{"Name", "Pump"},
                     {"Description", "Pump"},
                     {"PurchaseDesc", "Pump"},
                     {"Type", "Inventory"},
                     {"TrackQtyOnHand", true},
                     {"QtyOnHand", 25},
                     {"InvStartDate", "2026-01-31"},
                     {"IncomeAccountRef", by_id(desk.id_of("Account", "Sales of Product Income"))},
                     {"ExpenseAccountRef", by_id(desk.id_of("Account", "Cost of Goods Sold"))},
                     {"AssetAccountRef", by_id(desk.id_of("Account", "Inventory Asset"))}};
  CHECK(keys(desk.post("item", body)["Item"]) == keys(theirs["Item"]));
}

TEST_CASE("an account and a vendor have the members of recorded ones") {
  Desk desk;
  if (const auto theirs = recorded("account-documented-sample.json"); !theirs.is_null())
    CHECK(keys(desk.get("account/1")["Account"]) == keys(theirs["Account"]));
  if (const auto theirs = recorded("query-vendors-inactive.json"); !theirs.is_null()) {
    const auto vendor = desk.post("vendor", {{"DisplayName", "Plain"}})["Vendor"];
    CHECK(keys(vendor) == keys(theirs["QueryResponse"]["Vendor"][0]));
  }
}

TEST_CASE("a deleted order answers what the documented one does") {
  Desk desk;
  const auto theirs = recorded("purchaseorder-documented-deleted.json");
  if (theirs.is_null()) return;
  const auto id = desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"];
  const auto reply =
      desk.post_with("purchaseorder", "operation", "delete", {{"Id", id}, {"SyncToken", "0"}});
  CHECK(keys(reply.body) == keys(theirs));
  CHECK(keys(reply["PurchaseOrder"]) == keys(theirs["PurchaseOrder"]));
}

TEST_CASE("changes have the envelope of the recorded ones") {
  Desk desk;
  const auto theirs = recorded("cdc-estimate.json");
  if (theirs.is_null()) return;
  const auto since = emulator::pacific_millis(desk.now);
  REQUIRE(desk.post("purchaseorder", desk.order()).status == 200);
  const auto reply = desk.cdc("PurchaseOrder", since);
  CHECK(keys(reply.body) == keys(theirs));
  auto mine = keys(reply.body["CDCResponse"][0]["QueryResponse"][0]);
  auto their = keys(theirs["CDCResponse"][0]["QueryResponse"][0]);
  mine.erase("PurchaseOrder");
  their.erase("Estimate");
  CHECK(std::includes(mine.begin(), mine.end(), their.begin(), their.end()));
}
