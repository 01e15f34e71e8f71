#include "core/qbo/query.hpp"
#include "core/qbo/request.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace qb::qbo;

TEST_CASE("a value in a query cannot leave its quotes") {
  CHECK(quoted("Hicks Hardware") == "'Hicks Hardware'");
  CHECK(quoted("Amy's Bird Sanctuary") == R"('Amy\'s Bird Sanctuary')");
  CHECK(quoted(R"(a\)") == R"('a\\')");
  CHECK(quoted(R"(\' OR Id = '1)") == R"('\\\' OR Id = \'1')");
  CHECK(quoted("") == "''");
}

TEST_CASE("every entity has its two names") {
  for (const Entity entity :
       {Entity::company_info, Entity::preferences, Entity::account, Entity::item, Entity::vendor,
        Entity::klass, Entity::purchase_order, Entity::bill}) {
    CHECK(entity_from_json_name(json_name(entity)) == entity);
    for (const char c : path_name(entity))
      CHECK((c >= 'a' && c <= 'z'));
  }
  CHECK(json_name(Entity::klass) == "Class");
  CHECK_FALSE(entity_from_json_name("Invoice"));
  CHECK_FALSE(entity_from_json_name("purchaseorder"));
}

TEST_CASE("pages ask for a thousand rows in the order of Ids") {
  const Request first = page(Entity::vendor, 1, true);
  CHECK(first.method == Method::get);
  CHECK(first.path == "query");
  REQUIRE(first.query.size() == 1);
  CHECK(first.query[0].first == "query");
  CHECK(first.query[0].second == "SELECT * FROM Vendor WHERE Active IN (true, false) ORDERBY Id "
                                 "STARTPOSITION 1 MAXRESULTS 1000");
  CHECK(page(Entity::vendor, 1001, false).query[0].second ==
        "SELECT * FROM Vendor ORDERBY Id STARTPOSITION 1001 MAXRESULTS 1000");
  CHECK(
      page(Entity::item, 1, true, "Name = 'a'").query[0].second ==
      "SELECT * FROM Item WHERE Name = 'a' AND Active IN (true, false) ORDERBY Id STARTPOSITION 1 "
      "MAXRESULTS 1000");
  // Transactions have no Active.
  CHECK(page(Entity::purchase_order, 1, true, "DocNumber = '7'").query[0].second ==
        "SELECT * FROM PurchaseOrder WHERE DocNumber = '7' ORDERBY Id STARTPOSITION 1 MAXRESULTS "
        "1000");
}

TEST_CASE("objects are read and written at their own path") {
  CHECK(read(Entity::purchase_order, "257").path == "purchaseorder/257");
  CHECK(read(Entity::company_info, "9130357992").path == "companyinfo/9130357992");
  CHECK(read(Entity::preferences, "").path == "preferences");
  const Request write = create_or_update(Entity::bill, "{}");
  CHECK(write.method == Method::post);
  CHECK(write.path == "bill");
  CHECK(write.body == "{}");
  CHECK_FALSE(write.is_batch());
}

TEST_CASE("an Id that could be another path is refused") {
  for (const char* id : {"", "1/2", "..", "1?x=1", "1.5", "-1", "1 ", "%2e"}) {
    CAPTURE(id);
    CHECK_THROWS_AS(read(Entity::item, id), std::invalid_argument);
  }
}

TEST_CASE("changes are asked for several kinds at once") {
  const Request request =
      changes_since({Entity::vendor, Entity::klass}, "2026-11-20T10:00:00+01:00");
  CHECK(request.path == "cdc");
  REQUIRE(request.query.size() == 2);
  CHECK(request.query[0].second == "Vendor,Class");
  CHECK(request.query[1].first == "changedSince");
  CHECK(request.query[1].second == "2026-11-20T10:00:00+01:00");
}
