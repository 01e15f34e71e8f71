#include "core/qbo/answer.hpp"

#include <doctest/doctest.h>

using namespace qb::qbo;

namespace {
Value json(const char* text) {
  auto value = read(text);
  REQUIRE_MESSAGE(value, text);
  return *value;
}
} // namespace

TEST_CASE("an account is known by number, name and path") {
  const auto known = known_from(
      Entity::account,
      json(R"({"Id":"80","SyncToken":"3","Name":"Freight","FullyQualifiedName":"Costs:Freight",
               "AcctNum":"5100","AccountType":"Cost of Goods Sold","CurrencyRef":{"value":"USD"}})"));
  REQUIRE(known);
  CHECK(known->id == "80");
  CHECK(known->sync_token == "3");
  CHECK(known->name == "Freight");
  CHECK(known->full_name == "Costs:Freight");
  CHECK(known->account_number == "5100");
  CHECK(known->kind == "Cost of Goods Sold");
  CHECK(known->currency == "USD");
  CHECK(known->active);
  CHECK_FALSE(known->deleted);
}

TEST_CASE("an inactive one keeps the name that QuickBooks gave it") {
  const auto known = known_from(
      Entity::vendor, json(R"json({"Id":"9","DisplayName":"Hicks (deleted)","Active":false,
                               "AcctNum":"our number there"})json"));
  REQUIRE(known);
  CHECK(known->name == "Hicks (deleted)");
  CHECK(known->full_name == "Hicks (deleted)");
  CHECK_FALSE(known->active);
  CHECK_FALSE(known->deleted);
  CHECK(known->account_number == "");
}

TEST_CASE("a purchase order is known by number, vendor and note") {
  const auto known =
      known_from(Entity::purchase_order,
                 json(R"({"Id":"257","SyncToken":"0","DocNumber":"1042","VendorRef":{"value":"41"},
               "CurrencyRef":{"value":"EUR"},"PrivateNote":"[erp:purchase_order/1042]"})"));
  REQUIRE(known);
  CHECK(known->name == "1042");
  CHECK(known->vendor_id == "41");
  CHECK(known->currency == "EUR");
  CHECK(known->private_note == "[erp:purchase_order/1042]");
}

TEST_CASE("an object without a usable Id is none") {
  CHECK_FALSE(known_from(Entity::item, json(R"({"Name":"a"})")));
  CHECK_FALSE(known_from(Entity::item, json(R"({"Id":"../7"})")));
  CHECK_FALSE(known_from(Entity::item, json(R"(["Id"])")));
  CHECK(known_from(Entity::item, json(R"({"Id":31,"Type":"Inventory"})"))->id == "31");
}

TEST_CASE("rows of a query, none of an empty one") {
  const Value page = json(R"({"QueryResponse":{"Item":[{"Id":"1"},{"Id":"2"}],"maxResults":2}})");
  CHECK(rows_in(page, Entity::item).size() == 2);
  CHECK(rows_in(page, Entity::vendor).empty());
  CHECK(rows_in(json(R"({"QueryResponse":{}})"), Entity::item).empty());
  CHECK(rows_in(json("[]"), Entity::item).empty());
  CHECK(object_in(json(R"({"Item":{"Id":"1"},"time":"x"})"), Entity::item)->text_of("Id") == "1");
  CHECK(object_in(json(R"({"Item":"1"})"), Entity::item) == nullptr);
}

TEST_CASE("changes of several kinds, with what was deleted") {
  const Value answer = json(R"({"CDCResponse":[{"QueryResponse":[
    {"PurchaseOrder":[{"Id":"257","SyncToken":"3"},
       {"status":"Deleted","domain":"QBO","Id":"261","MetaData":{"LastUpdatedTime":"2026-08-20T12:55:50-07:00"}}],
     "startPosition":1,"maxResults":2,"totalCount":2},
    {}, {"Vendor":[{"Id":"9","Active":false}]}, {"Estimate":[{"Id":"1"}]}]}],"time":"x"})");
  const auto changes = changes_in(answer);
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].first == Entity::purchase_order);
  CHECK_FALSE(known_from(changes[0].first, *changes[0].second)->deleted);
  const auto gone = known_from(changes[1].first, *changes[1].second);
  CHECK(gone->id == "261");
  CHECK(gone->deleted);
  CHECK_FALSE(gone->active);
  CHECK(changes[2].first == Entity::vendor);
  CHECK_FALSE(known_from(changes[2].first, *changes[2].second)->active);
}
