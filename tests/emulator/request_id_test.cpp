#include "emulated.hpp"

#include <doctest/doctest.h>

using namespace emulated;

namespace {

const std::vector<std::string> connected{"--throttle",     "off",      "--clock", "virtual",
                                         "--auto-consent", "Larkfield"};

json order(const std::string& number) {
  return {{"VendorRef", {{"value", "1"}}},
          {"DocNumber", number},
          {"APAccountRef", {{"value", "1"}}},
          {"Line",
           {{{"Amount", 125},
             {"DetailType", "ItemBasedExpenseLineDetail"},
             {"ItemBasedExpenseLineDetail",
              {{"ItemRef", {{"value", "1"}}}, {"Qty", 10}, {"UnitPrice", 12.5}}}}}}};
}

json batch(std::initializer_list<std::pair<const char*, const char*>> ids_and_numbers) {
  json items = json::array();
  for (const auto& [id, number] : ids_and_numbers)
    items.push_back({{"bId", id}, {"operation", "create"}, {"PurchaseOrder", order(number)}});
  return {{"BatchItemRequest", items}};
}

std::map<std::string, json> by_id(const Heard& heard) {
  std::map<std::string, json> out;
  const json answer = heard.parsed();
  for (const auto& item : answer.at("BatchItemResponse"))
    out[item.at("bId")] = item;
  return out;
}

} // namespace

TEST_CASE(
    "the same request id with the same content does nothing twice and answers the same bytes") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  const auto first = emulator.api(token, "POST", "purchaseorder?requestid=a-1", order("PO-1"));
  emulator.advance(60);
  const auto second = emulator.api(token, "POST", "purchaseorder?requestid=a-1", order("PO-1"));
  CHECK(second.status == 200);
  CHECK(second.body == first.body);
  CHECK(second.headers.at("intuit_tid") != first.headers.at("intuit_tid"));
  CHECK(emulator.objects("PurchaseOrder").size() == 1);
  CHECK(emulator.count()["replays"] == 1);
  CHECK(emulator.count()["writes"] == 1);
}

TEST_CASE("without a request id a repeated create makes a second document") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  const auto path = "purchaseorder?include=allowduplicatedocnum";
  CHECK(emulator.api(token, "POST", path, order("PO-1")).status == 200);
  CHECK(emulator.api(token, "POST", path, order("PO-1")).status == 200);
  CHECK(emulator.objects("PurchaseOrder").size() == 2);
}

TEST_CASE("a used request id with other content is a duplicate request id") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  CHECK(emulator.api(token, "POST", "purchaseorder?requestid=a-1", order("PO-1")).status == 200);
  const auto other = emulator.api(token, "POST", "purchaseorder?requestid=a-1", order("PO-2"));
  CHECK(other.status == 400);
  CHECK(other.fault_code() == "600");
  CHECK(emulator.objects("PurchaseOrder").size() == 1);
}

TEST_CASE("a fault is not remembered: the same request succeeds when its cause is gone") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  json wrong = order("PO-1");
  wrong["VendorRef"]["value"] = "7";
  CHECK(emulator.api(token, "POST", "purchaseorder?requestid=a-1", wrong).status == 400);
  const auto vendor = emulator.api(token, "POST", "vendor", {{"DisplayName", "Newcomer Tools"}});
  REQUIRE(vendor.parsed()["Vendor"]["Id"] == "7");
  CHECK(emulator.api(token, "POST", "purchaseorder?requestid=a-1", wrong).status == 200);
}

TEST_CASE("request ids are forgotten after their time, or by order") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  const auto path = "purchaseorder?requestid=a-1&include=allowduplicatedocnum";
  emulator.api(token, "POST", path, order("PO-1"));
  emulator.control("DELETE", "requestids");
  emulator.api(token, "POST", path, order("PO-1"));
  CHECK(emulator.objects("PurchaseOrder").size() == 2);
  emulator.control("POST", "requestids", {{"retention_seconds", 60}});
  emulator.advance(60);
  emulator.api(token, "POST", path, order("PO-1"));
  CHECK(emulator.objects("PurchaseOrder").size() == 3);
}

TEST_CASE("an overlong request id is refused, shorter in a batch") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  const auto single = [&](int length) {
    return emulator.api(token, "POST", "purchaseorder?requestid=" + std::string(length, 'a'),
                        order("PO-" + std::to_string(length)));
  };
  CHECK(single(50).status == 200);
  CHECK(single(51).fault_code() == "2130");
  const auto many = [&](int length, const char* item) {
    return emulator.api(token, "POST", "batch?requestid=" + std::string(length, 'b'),
                        batch({{item, "PO-7"}}));
  };
  CHECK(many(37, "i1").fault_code() == "2130");
  CHECK(many(36, "12345678901").fault_code() == "2130");
  CHECK(many(36, "1234567890").status == 200);
}

TEST_CASE("in a batch the pair of request id and bId is the identity") {
  Emulator emulator(connected);
  const auto token = emulator.connect()["access_token"];
  const auto path = "batch?requestid=b-1";
  const auto first =
      by_id(emulator.api(token, "POST", path, batch({{"1", "PO-1"}, {"2", "PO-2"}})));
  REQUIRE(first.at("1").contains("PurchaseOrder"));
  const auto again = emulator.api(token, "POST", path, batch({{"1", "PO-1"}, {"2", "PO-2"}}));
  CHECK(by_id(again) == first);
  CHECK(emulator.objects("PurchaseOrder").size() == 2);
  CHECK(emulator.count()["replays"] == 1);

  const auto mixed = by_id(emulator.api(
      token, "POST", path, batch({{"1", "PO-1"}, {"2", "PO-CHANGED"}, {"3", "PO-3"}})));
  CHECK(mixed.at("1") == first.at("1"));
  CHECK(mixed.at("2")["Fault"]["Error"][0]["code"] == "600");
  CHECK(mixed.at("3")["PurchaseOrder"]["DocNumber"] == "PO-3");
  CHECK(emulator.objects("PurchaseOrder").size() == 3);
}

TEST_CASE("request ids of one company mean nothing to another") {
  Emulator emulator(connected);
  const auto first = emulator.administrator_token();
  const auto second = emulator.administrator_token(second_realm);
  const json vendor{{"DisplayName", "Only Once Tools"}};
  CHECK(emulator.api(first, "POST", "vendor?requestid=a", vendor).status == 200);
  CHECK(emulator.api(second, "POST", "vendor?requestid=a", vendor, second_realm).status == 200);
  CHECK(emulator.control("GET", std::string("requests?path=vendor"))[1]["replayed"] == false);
}
