#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

json inventory(Desk& desk, const std::string& name) {
  return {{"Name", name},
          {"Type", "Inventory"},
          {"TrackQtyOnHand", true},
          {"QtyOnHand", 0},
          {"InvStartDate", "2026-01-01"},
          {"IncomeAccountRef", by_id(desk.id_of("Account", "Sales of Product Income"))},
          {"ExpenseAccountRef", by_id(desk.id_of("Account", "Cost of Goods Sold"))},
          {"AssetAccountRef", by_id(desk.id_of("Account", "Inventory Asset"))}};
}

} // namespace

TEST_CASE("an inventory item needs three accounts, tracking, quantity and start date") {
  Desk desk;
  CHECK(desk.post("item", inventory(desk, "P-1")).status == 200);
  const std::pair<const char*, const char*> needed[] = {
      {"IncomeAccountRef", "2020"}, {"ExpenseAccountRef", "2020"}, {"AssetAccountRef", "2020"},
      {"TrackQtyOnHand", "2020"},   {"QtyOnHand", "6520"},         {"InvStartDate", "2020"}};
  for (const auto& [member, code] : needed) {
    auto item = inventory(desk, "P-2");
    item.erase(member);
    CHECK_MESSAGE(desk.post("item", item).code() == code, member);
  }
}

TEST_CASE("an item's accounts must be of the types that fit") {
  Desk desk;
  for (const auto* member : {"IncomeAccountRef", "ExpenseAccountRef", "AssetAccountRef"}) {
    auto item = inventory(desk, "P-1");
    item[member] = by_id(desk.id_of("Account", "Checking"));
    CHECK_MESSAGE(desk.post("item", item).code() == "6430", member);
  }
}

TEST_CASE("an item name is unique and has no colon, tab or newline") {
  Desk desk;
  CHECK(desk.post("item", inventory(desk, "BEARING 6203")).code() == "6240");
  for (const auto* name : {"A:B", "A\tB", "A\nB"})
    CHECK(desk.post("item", inventory(desk, name)).code() == "2040");
}

TEST_CASE("a full update keeps quantity, start date, type and activity, and nulls the rest") {
  Desk desk;
  auto body = inventory(desk, "P-1");
  body["QtyOnHand"] = 12.5;
  body["Sku"] = "P-1";
  body["PurchaseCost"] = 4.25;
  const auto created = desk.post("item", body)["Item"];
  const json update = {{"Id", created["Id"]},
                       {"SyncToken", "0"},
                       {"Name", "P-1 Bracket"},
                       {"IncomeAccountRef", body["IncomeAccountRef"]},
                       {"ExpenseAccountRef", body["ExpenseAccountRef"]},
                       {"AssetAccountRef", body["AssetAccountRef"]}};
  const auto reply = desk.post("item", update);
  REQUIRE(reply.status == 200);
  const auto& item = reply["Item"];
  CHECK(item["Name"] == "P-1 Bracket");
  CHECK(item["QtyOnHand"] == 12.5);
  CHECK(item["InvStartDate"] == "2026-01-01");
  CHECK(item["Type"] == "Inventory");
  CHECK(item["Active"] == true);
  CHECK_FALSE(item.contains("Sku"));
  CHECK(item["PurchaseCost"] == 0);
}

TEST_CASE("a quantity that is sent adjusts the books, and a start date sent does not replace the "
          "original") {
  Desk desk;
  const auto created = desk.post("item", inventory(desk, "P-1"))["Item"];
  const json update = {{"Id", created["Id"]},
                       {"SyncToken", "0"},
                       {"sparse", true},
                       {"QtyOnHand", 7},
                       {"InvStartDate", "2026-08-01"}};
  const auto item = desk.post("item", update)["Item"];
  CHECK(item["QtyOnHand"] == 7);
  CHECK(item["InvStartDate"] == "2026-01-01");
}

TEST_CASE("an inventory item stays an inventory item") {
  Desk desk;
  const auto created = desk.post("item", inventory(desk, "P-1"))["Item"];
  json update = {{"Id", created["Id"]}, {"SyncToken", "0"}, {"sparse", true}, {"Type", "Service"}};
  CHECK(desk.post("item", update).code() == "6000");
  update = {{"Id", created["Id"]}, {"SyncToken", "0"}, {"sparse", true}, {"TrackQtyOnHand", false}};
  CHECK(desk.post("item", update).code() == "6000");
}

TEST_CASE("an item without expense account cannot be bought") {
  Desk desk;
  const json service = {{"Name", "Consulting"},
                        {"Type", "Service"},
                        {"IncomeAccountRef", by_id(desk.id_of("Account", "Services"))}};
  const auto id = desk.post("item", service)["Item"]["Id"];
  auto order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["ItemRef"] = by_id(id);
  CHECK(desk.post("purchaseorder", order).code() == "6000");
}

TEST_CASE("a category groups items and cannot stand in a transaction") {
  Desk desk;
  const auto category = desk.post("item", {{"Name", "Brackets"}, {"Type", "Category"}});
  REQUIRE(category.status == 200);
  auto item = inventory(desk, "P-1");
  item["ParentRef"] = by_id(category["Item"]["Id"]);
  item["SubItem"] = true;
  CHECK(desk.post("item", item)["Item"]["FullyQualifiedName"] == "Brackets:P-1");
  auto order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["ItemRef"] = by_id(category["Item"]["Id"]);
  CHECK(desk.post("purchaseorder", order).code() == "2500");
}

TEST_CASE("an item made inactive holds nothing any more") {
  Desk desk;
  const auto id = desk.id_of("Item", "Bearing 6203");
  const auto item = desk.post(
      "item", {{"Id", id}, {"SyncToken", "0"}, {"sparse", true}, {"Active", false}})["Item"];
  CHECK(item["QtyOnHand"] == 0);
  CHECK(item["Name"] == "Bearing 6203 (deleted)");
}

TEST_CASE("a price above 99999999999 is out of range") {
  Desk desk;
  auto item = inventory(desk, "P-1");
  item["PurchaseCost"] = 99999999999;
  CHECK(desk.post("item", item).status == 200);
  item["Name"] = "P-2";
  item["PurchaseCost"] = 100000000000;
  CHECK(desk.post("item", item).code() == "2240");
}
