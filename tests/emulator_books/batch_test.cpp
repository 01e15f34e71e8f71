#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

json create(const std::string& bid, const json& order) {
  return {{"bId", bid}, {"operation", "create"}, {"PurchaseOrder", order}};
}

json batch(const json& items) {
  return {{"BatchItemRequest", items}};
}

} // namespace

TEST_CASE("each item of a batch stands alone, and the batch is 200 even so") {
  Desk desk;
  const auto old = desk.post("purchaseorder", desk.order("1"))["PurchaseOrder"];
  auto update = old;
  update["Memo"] = "changed";
  auto stale = old;
  stale["SyncToken"] = "7";
  const auto reply = desk.post(
      "batch", batch({create("p1", desk.order("2")),
                      {{"bId", "p2"}, {"operation", "update"}, {"PurchaseOrder", stale}},
                      {{"bId", "p3"}, {"operation", "update"}, {"PurchaseOrder", update}},
                      create("p4", desk.order("1")),
                      {{"bId", "q1"},
                       {"Query", "select * from Vendor where DisplayName = 'Hicks Hardware'"}},
                      {{"bId", "p5"},
                       {"operation", "delete"},
                       {"PurchaseOrder", {{"Id", old["Id"]}, {"SyncToken", "1"}}}}}));
  CHECK(reply.status == 200);
  const auto& items = reply.body["BatchItemResponse"];
  REQUIRE(items.size() == 6);
  CHECK(items[0]["bId"] == "p1");
  CHECK(items[0]["PurchaseOrder"]["DocNumber"] == "2");
  CHECK(items[1]["Fault"]["Error"][0]["code"] == "5010");
  CHECK(items[1]["Fault"]["type"] == "ValidationFault");
  CHECK(items[2]["PurchaseOrder"]["SyncToken"] == "1");
  CHECK(items[3]["Fault"]["Error"][0]["code"] == "6140");
  CHECK(items[4]["QueryResponse"]["Vendor"][0]["DisplayName"] == "Hicks Hardware");
  CHECK(items[5]["PurchaseOrder"]["status"] == "Deleted");
  CHECK(reply.body.contains("time"));
}

TEST_CASE("a batch of thirty goes, one of thirty-one is fault 1040 and does nothing") {
  Desk desk;
  json items = json::array();
  for (int i = 1; i <= 31; ++i)
    items.push_back(create("b" + std::to_string(i), desk.order(std::to_string(i))));
  const auto refused = desk.post("batch", batch(items));
  CHECK(refused.status == 400);
  CHECK(refused.code() == "1040");
  CHECK(desk.query("select count(*) from PurchaseOrder")["QueryResponse"]["totalCount"] == 0);
  items.erase(30);
  CHECK(desk.post("batch", batch(items)).body["BatchItemResponse"].size() == 30);
}

TEST_CASE("bIds are needed, unique and at most fifty characters") {
  Desk desk;
  CHECK(desk.post("batch", batch({create("a", desk.order("1")), create("a", desk.order("2"))}))
            .code() == "2600");
  CHECK(desk.post("batch", batch(json::array({create("", desk.order("1"))}))).code() == "2020");
  CHECK(desk.post("batch", batch(json::array({create(std::string(51, 'b'), desk.order("1"))})))
            .code() == "2050");
  CHECK(desk.query("select count(*) from PurchaseOrder")["QueryResponse"]["totalCount"] == 0);
}

TEST_CASE("an item may allow a duplicate number for itself") {
  Desk desk;
  REQUIRE(desk.post("purchaseorder", desk.order("1")).status == 200);
  auto item = create("p1", desk.order("1"));
  item["optionsData"] = "include=allowduplicatedocnum";
  CHECK(desk.post("batch", batch(json::array({item})))
            .body["BatchItemResponse"][0]
            .contains("PurchaseOrder"));
}

TEST_CASE("unknown entities and operations are faults of their item") {
  Desk desk;
  auto unknown = create("a", desk.order("1"));
  unknown["operation"] = "upsert";
  const json items = {unknown,
                      {{"bId", "b"}, {"operation", "create"}, {"Purchaseorder", desk.order("2")}},
                      {{"bId", "c"}}};
  const auto answers = desk.post("batch", batch(items)).body["BatchItemResponse"];
  CHECK(answers[0]["Fault"]["Error"][0]["code"] == "2170");
  CHECK(answers[1]["Fault"]["Error"][0]["code"] == "2010");
  CHECK(answers[2]["Fault"]["Error"][0]["code"] == "2020");
}

TEST_CASE("a call counts as what it does") {
  const auto read = emulator::tally({"GET", "vendor/1", {}, "", ""});
  CHECK((read.metered && read.reads == 1 && read.writes == 0));
  CHECK(emulator::tally({"POST", "query", {}, "application/text", "select * from Vendor"}).metered);
  const auto write = emulator::tally({"POST", "purchaseorder", {}, "application/json", "{}"});
  CHECK((!write.metered && write.writes == 1));
  const auto mixed = emulator::tally(
      {"POST",
       "batch",
       {},
       "application/json",
       R"({"BatchItemRequest":[{"bId":"1","operation":"create","Bill":{}},{"bId":"2","Query":"select"}]})"});
  CHECK((mixed.batch && mixed.metered && mixed.writes == 1 && mixed.reads == 1));
}
