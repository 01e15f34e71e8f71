#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

std::size_t rows(const Desk::Reply& reply, const char* entity) {
  const auto& response = reply["QueryResponse"];
  return response.contains(entity) ? response[entity].size() : 0;
}

void create_orders(Desk& desk, int count) {
  for (int i = 1; i <= count; ++i)
    REQUIRE(desk.post("purchaseorder", desk.order(std::to_string(i))).status == 200);
}

} // namespace

TEST_CASE("a page says where it starts and how many rows it has") {
  Desk desk;
  create_orders(desk, 5);
  const auto reply = desk.query("SELECT * FROM PurchaseOrder STARTPOSITION 2 MAXRESULTS 3");
  const auto& response = reply["QueryResponse"];
  CHECK(response["startPosition"] == 2);
  CHECK(response["maxResults"] == 3);
  CHECK(response["PurchaseOrder"][0]["DocNumber"] == "2");
  const auto last = desk.query("select * from purchaseorder startposition 4 maxresults 1000");
  CHECK(last["QueryResponse"]["maxResults"] == 2);
}

TEST_CASE("an empty result has no entity member at all") {
  Desk desk;
  const auto reply = desk.query("select * from PurchaseOrder");
  CHECK(reply.status == 200);
  CHECK(reply["QueryResponse"] == json::object());
  CHECK(reply.body.contains("time"));
}

TEST_CASE("a count answers totalCount alone") {
  Desk desk;
  create_orders(desk, 3);
  CHECK(desk.query("select count(*) from PurchaseOrder")["QueryResponse"] ==
        json{{"totalCount", 3}});
}

TEST_CASE("a hundred rows come when no maximum is asked for") {
  Desk desk;
  for (int i = 0; i < 120; ++i)
    REQUIRE(desk.post("vendor", {{"DisplayName", "Vendor " + std::to_string(i)}}).status == 200);
  CHECK(desk.query("select * from Vendor")["QueryResponse"]["maxResults"] == 100);
}

TEST_CASE("page values out of range are fault 4001") {
  Desk desk;
  const auto zero = desk.query("select * from Vendor startposition 0");
  CHECK(zero.code() == "4001");
  CHECK(zero.detail().find("value 0 is too small") != std::string::npos);
  CHECK(desk.query("select * from Vendor maxresults 1001").code() == "4001");
}

TEST_CASE("values compare without case and escapes are backslashes") {
  Desk desk;
  CHECK(rows(desk.query("select * from Vendor where displayname = 'HICKS HARDWARE'"), "Vendor") ==
        1);
  CHECK(rows(desk.query("select * from Vendor where DisplayName = 'O\\'Malley Coatings'"),
             "Vendor") == 1);
  CHECK(rows(desk.query("select * from Vendor where DisplayName = 'Orchard & Sons Fasteners'"),
             "Vendor") == 1);
  CHECK(desk.query("select * from Vendor where DisplayName = 'O''Malley Coatings'").code() ==
        "4000");
  REQUIRE(desk.post("vendor", {{"DisplayName", "Back\\slash"}}).status == 200);
  CHECK(rows(desk.query("select * from Vendor where DisplayName = 'Back\\\\slash'"), "Vendor") ==
        1);
}

TEST_CASE("LIKE takes percent signs") {
  Desk desk;
  CHECK(rows(desk.query("select * from Item where Name like '820412-001 rev b%'"), "Item") == 2);
  CHECK(rows(desk.query("select * from Item where Name like '%6203'"), "Item") == 1);
  CHECK(rows(desk.query("select * from Item where Name like '6203'"), "Item") == 0);
}

TEST_CASE("IN and comparisons narrow down, joined by AND") {
  Desk desk;
  create_orders(desk, 4);
  CHECK(rows(desk.query("select * from PurchaseOrder where DocNumber in ('1','3','9')"),
             "PurchaseOrder") == 2);
  CHECK(rows(desk.query(
                 "select * from PurchaseOrder where TxnDate >= '2026-08-20' and DocNumber = '2'"),
             "PurchaseOrder") == 1);
  CHECK(rows(desk.query("select * from PurchaseOrder where TxnDate > '2026-08-20'"),
             "PurchaseOrder") == 0);
  CHECK(rows(desk.query(
                 "select * from PurchaseOrder where Id in ('101','102','103') and DocNumber = '2'"),
             "PurchaseOrder") == 1);
}

TEST_CASE("OR, column lists, unquoted values and unknown operators are fault 4000") {
  Desk desk;
  for (const auto* statement :
       {"select * from Vendor where DisplayName = 'A' or DisplayName = 'B'",
        "select Id from Vendor", "select * from Vendor where DisplayName = A",
        "select * from Vendor where DisplayName != 'A'", "select * from",
        "select * from Vendor where", "", "select * from Vendor where DisplayName = 'A",
        "select * from Vendor group by Id"})
    CHECK_MESSAGE(desk.query(statement).code() == "4000", statement);
}

TEST_CASE("an entity that does not exist is fault 4001 in the recorded words") {
  Desk desk;
  const auto reply = desk.query("select * from Custmoer");
  CHECK(reply.code() == "4001");
  CHECK(reply.detail() == "QueryValidationError: invalid context declaration: Custmoer");
}

TEST_CASE("properties that are unknown or not filterable are fault 4001") {
  Desk desk;
  CHECK(desk.query("select * from Vendor where Nickname = 'A'").code() == "4001");
  CHECK(desk.query("select * from PurchaseOrder where POStatus = 'Open'").code() == "4001");
  CHECK(desk.query("select * from PurchaseOrder where VendorRef = '1'").code() == "4001");
  CHECK(desk.query("select * from Bill where VendorRef = '1'").status == 200);
  CHECK(desk.query("select * from PurchaseOrder where Id > '5'").code() == "4001");
}

TEST_CASE("inactive objects show only to those who ask") {
  Desk desk;
  const auto active = rows(desk.query("select * from Item"), "Item");
  CHECK(rows(desk.query("select * from Item where Active in (true, false)"), "Item") == active + 1);
  CHECK(rows(desk.query("select * from Item where Active = false"), "Item") == 1);
}

TEST_CASE("MetaData compares as instants, whatever the offset") {
  Desk desk;
  create_orders(desk, 1);
  const auto id = desk.query("select * from PurchaseOrder")["QueryResponse"]["PurchaseOrder"][0];
  const auto at = id["MetaData"]["LastUpdatedTime"].get<std::string>();
  CHECK(
      rows(desk.query("select * from PurchaseOrder where MetaData.LastUpdatedTime >= '" + at + "'"),
           "PurchaseOrder") == 1);
  CHECK(
      rows(desk.query("select * from PurchaseOrder where MetaData.LastUpdatedTime > '" + at + "'"),
           "PurchaseOrder") == 0);
  CHECK(rows(desk.query(
                 "select * from PurchaseOrder where MetaData.CreateTime >= '2026-08-20T17:00:00Z'"),
             "PurchaseOrder") == 1);
  CHECK(rows(desk.query("select * from PurchaseOrder where MetaData.CreateTime > "
                        "'2026-08-20T19:30:00+02:00'"),
             "PurchaseOrder") == 0);
  CHECK(desk.query("select * from PurchaseOrder where MetaData.CreateTime > 'yesterday'").code() ==
        "4001");
}

TEST_CASE("rows come by Id unless ordered otherwise") {
  Desk desk;
  create_orders(desk, 11);
  const auto by_id = desk.query("select * from PurchaseOrder")["QueryResponse"]["PurchaseOrder"];
  CHECK(by_id[1]["DocNumber"] == "2");
  const auto down =
      desk.query("select * from PurchaseOrder orderby Id desc")["QueryResponse"]["PurchaseOrder"];
  CHECK(down[0]["DocNumber"] == "11");
  const auto by_number =
      desk.query("select * from PurchaseOrder ORDER BY DocNumber ASC maxresults 3");
  CHECK(by_number["QueryResponse"]["PurchaseOrder"][1]["DocNumber"] == "10");
  CHECK(desk.query("select * from PurchaseOrder orderby Memo").code() == "4001");
}

TEST_CASE("a blank in quotes stands for nothing") {
  Desk desk;
  create_orders(desk, 2);
  auto body = desk.order();
  body.erase("DocNumber");
  REQUIRE(desk.post("purchaseorder", body).status == 200);
  CHECK(rows(desk.query("select * from PurchaseOrder where DocNumber = ' '"), "PurchaseOrder") ==
        1);
}

TEST_CASE("a query may be posted as application/text") {
  Desk desk;
  const auto reply =
      desk.handle({"POST", "query", {}, "application/text", "select count(*) from Class"});
  CHECK(reply["QueryResponse"]["totalCount"] == 3);
  CHECK(
      desk.handle({"POST", "query", {}, "application/json", "select count(*) from Class"}).code() ==
      "1050");
}

TEST_CASE("company information and preferences are found by path and by query") {
  Desk desk;
  const auto info = desk.get("companyinfo/9130355");
  CHECK(info["CompanyInfo"]["CompanyName"] == "Example Works");
  CHECK(desk.get("companyinfo/1")["CompanyInfo"] == info["CompanyInfo"]);
  CHECK(rows(desk.query("select * from CompanyInfo"), "CompanyInfo") == 1);
  CHECK(desk.get("preferences")["Preferences"]["CurrencyPrefs"]["HomeCurrency"]["value"] == "USD");
  const json update = {
      {"Id", "1"}, {"SyncToken", "0"}, {"sparse", true}, {"CompanyName", "Renamed Works"}};
  REQUIRE(desk.post("companyinfo", update).status == 200);
  CHECK(desk.books.company_name() == "Renamed Works");
}
