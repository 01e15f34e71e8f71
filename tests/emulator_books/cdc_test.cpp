#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

TEST_CASE("changes come by type, deleted ones behind, with an empty object where nothing changed") {
  Desk desk;
  const auto since = emulator::pacific_millis(desk.now);
  desk.pass(std::chrono::minutes{1});
  const auto gone =
      desk.post("purchaseorder", desk.order("1"))["PurchaseOrder"]["Id"].get<std::string>();
  REQUIRE(desk.post("purchaseorder", desk.order("2")).status == 200);
  desk.post_with("purchaseorder", "operation", "delete", {{"Id", gone}, {"SyncToken", "0"}});
  const auto reply = desk.cdc("PurchaseOrder,Vendor", since);
  REQUIRE(reply.status == 200);
  const auto& groups = reply.body["CDCResponse"][0]["QueryResponse"];
  REQUIRE(groups.size() == 2);
  const auto& orders = groups[0]["PurchaseOrder"];
  REQUIRE(orders.size() == 2);
  CHECK(orders[0]["DocNumber"] == "2");
  CHECK(orders[1]["status"] == "Deleted");
  CHECK(orders[1]["Id"] == gone);
  CHECK(orders[1]["MetaData"].contains("LastUpdatedTime"));
  CHECK(groups[0]["totalCount"] == 2);
  CHECK(groups[1] == json::object());
}

TEST_CASE("a bill shows its order, item, vendor and account among the changes") {
  Desk desk;
  const auto order = desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"];
  desk.pass(std::chrono::minutes{10});
  const auto since = emulator::pacific_millis(desk.now);
  REQUIRE(desk.post("bill", desk.bill(order, 4)).status == 200);
  const auto groups = desk.cdc("PurchaseOrder,Item,Vendor,Account,Bill", since)
                          .body["CDCResponse"][0]["QueryResponse"];
  CHECK(groups[0]["PurchaseOrder"].size() == 1);
  CHECK(groups[1]["Item"].size() == 1);
  CHECK(groups[2]["Vendor"].size() == 1);
  CHECK(groups[3]["Account"].size() == 2);
  CHECK(groups[4]["Bill"].size() == 1);
}

TEST_CASE("objects made inactive come as objects") {
  Desk desk;
  const auto since = emulator::pacific_millis(desk.now);
  const auto id = desk.id_of("Class", "R&D");
  REQUIRE(desk.post("class", {{"Id", id}, {"SyncToken", "0"}, {"sparse", true}, {"Active", false}})
              .status == 200);
  const auto groups = desk.cdc("Class", since).body["CDCResponse"][0]["QueryResponse"];
  CHECK(groups[0]["Class"][0]["Active"] == false);
}

TEST_CASE("an answer holds at most a thousand objects") {
  Desk desk;
  const auto since = emulator::pacific_millis(desk.now);
  for (int i = 0; i < 1005; ++i)
    REQUIRE(desk.post("vendor", {{"DisplayName", "Vendor " + std::to_string(i)}}).status == 200);
  const auto groups = desk.cdc("Vendor,Class", since).body["CDCResponse"][0]["QueryResponse"];
  CHECK(groups[0]["maxResults"] == 1000);
}

TEST_CASE("unusable changedSince and entities are faults") {
  Desk desk;
  CHECK(desk.cdc("Vendor", "2026-07-01T00:00:00-07:00").code() == "2190");
  CHECK(desk.cdc("Vendor", "last week").code() == "2060");
  CHECK(desk.cdc("Vendor", "").code() == "2020");
  CHECK(desk.cdc("", "2026-08-20T00:00:00-07:00").code() == "2020");
  CHECK(desk.cdc("Vendor,TaxCode", "2026-08-20T00:00:00-07:00").code() == "4001");
}
