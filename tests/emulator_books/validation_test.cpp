#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

TEST_CASE("an unknown property is fault 2010, and names itself and the type") {
  Desk desk;
  auto order = desk.order();
  order["ErpNumber"] = "7";
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.status == 400);
  CHECK(reply.code() == "2010");
  CHECK(
      reply.detail().find(
          "Unrecognized field \"ErpNumber\" (class com.intuit.schema.finance.v3.PurchaseOrder)") !=
      std::string::npos);
}

TEST_CASE("an unknown property deep inside a line is found as well") {
  Desk desk;
  auto order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["Quantity"] = 10;
  CHECK(desk.post("purchaseorder", order).code() == "2010");
}

TEST_CASE("a property that Intuit's schema knows but QuickBooks ignores is dropped") {
  Desk desk;
  auto order = desk.order();
  order["FOB"] = "Dock 3";
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.status == 200);
  CHECK_FALSE(reply["PurchaseOrder"].contains("FOB"));
}

TEST_CASE("a reference that is a bare text is fault 2010") {
  Desk desk;
  auto order = desk.order();
  order["VendorRef"] = "1";
  CHECK(desk.post("purchaseorder", order).code() == "2010");
}

TEST_CASE("a body that is no JSON is fault 2010, and bytes that are no UTF-8 are fault 500") {
  Desk desk;
  CHECK(desk.post_text("vendor", "{\"DisplayName\":").code() == "2010");
  CHECK(desk.post_text("vendor", "{\"DisplayName\":\"M\xFCller\"}").code() == "500");
}

TEST_CASE("a body nested without end is refused and does not bring the service down") {
  Desk desk;
  CHECK(desk.post_text("vendor", std::string(100'000, '[')).code() == "2010");
}

TEST_CASE("a text over its length is fault 2050 with minimum, maximum and supplied length") {
  Desk desk;
  auto order = desk.order("1234567890123456789012");
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.code() == "2050");
  CHECK(reply.element() == "DocNumber");
  CHECK(reply.detail().find("Min:0 Max:21 supported. Supplied length: 22") != std::string::npos);
  CHECK(desk.post("purchaseorder", desk.order("123456789012345678901")).status == 200);
}

TEST_CASE("length counts code points, not bytes") {
  Desk desk;
  std::string name;
  for (int i = 0; i < 100; ++i)
    name += "\xC3\xA9";
  const json item = {{"Name", name},
                     {"Type", "Service"},
                     {"IncomeAccountRef", by_id(desk.id_of("Account", "Services"))}};
  CHECK(desk.post("item", item).status == 200);
}

TEST_CASE("a missing required property is fault 2020 and element names it") {
  Desk desk;
  auto order = desk.order();
  order.erase("VendorRef");
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.code() == "2020");
  CHECK(reply.element() == "VendorRef");
  CHECK(reply.detail() == "Required parameter VendorRef is missing in the request");
}

TEST_CASE("an order without lines is fault 2250") {
  Desk desk;
  auto order = desk.order();
  order["Line"] = json::array();
  CHECK(desk.post("purchaseorder", order).code() == "2250");
}

TEST_CASE("a line without DetailType or Amount is fault 2020") {
  Desk desk;
  auto order = desk.order();
  order["Line"][0].erase("DetailType");
  CHECK(desk.post("purchaseorder", order).element() == "Line.DetailType");
  order = desk.order();
  order["Line"][0].erase("Amount");
  CHECK(desk.post("purchaseorder", order).element() == "Line.Amount");
}

TEST_CASE("an Id that is no number is fault 2030") {
  Desk desk;
  const auto reply = desk.get("vendor/1.5");
  CHECK(reply.code() == "2030");
  CHECK(reply.detail() == "Id should be a valid number. Supplied value:1.5");
  CHECK(desk.post("vendor", {{"Id", "x"}, {"SyncToken", "0"}}).code() == "2030");
}

TEST_CASE("control characters are fault 2040") {
  Desk desk;
  auto order = desk.order();
  order["Memo"] = "Deliver\x01here";
  CHECK(desk.post("purchaseorder", order).code() == "2040");
}

TEST_CASE("a date in another form is fault 2060, a day that does not exist fault 2070") {
  Desk desk;
  auto order = desk.order();
  order["TxnDate"] = "20.08.2026";
  CHECK(desk.post("purchaseorder", order).code() == "2060");
  order["TxnDate"] = "2026-02-30";
  CHECK(desk.post("purchaseorder", order).code() == "2070");
}

TEST_CASE("a value outside an enumeration is fault 2170") {
  Desk desk;
  auto order = desk.order();
  order["POStatus"] = "open";
  CHECK(desk.post("purchaseorder", order).code() == "2170");
  const json account = {{"Name", "New"}, {"AccountType", "Expenses"}};
  CHECK(desk.post("account", account).code() == "2170");
}

TEST_CASE("numbers may come as text, as Jackson reads them, but not as words") {
  Desk desk;
  auto order = desk.order();
  order["Line"][1]["Amount"] = "15.00";
  CHECK(desk.post("purchaseorder", order).status == 200);
  order["DocNumber"] = "1043";
  order["Line"][1]["Amount"] = "fifteen";
  CHECK(desk.post("purchaseorder", order).code() == "2090");
}

TEST_CASE("a reference to nothing is fault 2500 and says which list and id") {
  Desk desk;
  auto order = desk.order();
  order["Line"][1]["AccountBasedExpenseLineDetail"]["AccountRef"] = by_id("7777");
  const auto reply = desk.post("purchaseorder", order);
  CHECK(reply.code() == "2500");
  CHECK(reply.detail() == "Invalid Reference Id : Accounts element id 7777 not found");
  order = desk.order();
  order["VendorRef"] = by_id("7777");
  CHECK(desk.post("purchaseorder", order).detail() ==
        "Invalid Reference Id : Names element id 7777 not found");
  order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["ClassRef"] = by_id("5000000000000999999");
  CHECK(desk.post("purchaseorder", order).detail() ==
        "Invalid Reference Id : Klasses element id 5000000000000999999 not found");
}

TEST_CASE("a reference to something inactive is fault 610") {
  Desk desk;
  for (const auto& [entity, name] : {std::pair{"Vendor", "Old Mill Tooling (deleted)"}}) {
    auto order = desk.order();
    order["VendorRef"] = by_id(desk.id_of(entity, name));
    CHECK(desk.post("purchaseorder", order).code() == "610");
  }
  auto order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["ItemRef"] =
      by_id(desk.id_of("Item", "820412-001 Rev A (deleted)"));
  CHECK(desk.post("purchaseorder", order).code() == "610");
  order = desk.order();
  order["Line"][0]["ItemBasedExpenseLineDetail"]["ClassRef"] =
      by_id(desk.id_of("Class", "Prototypes (deleted)"));
  CHECK(desk.post("purchaseorder", order).code() == "610");
  order = desk.order();
  order["Line"][1]["AccountBasedExpenseLineDetail"]["AccountRef"] =
      by_id(desk.id_of("Account", "Scrap (deleted)"));
  CHECK(desk.post("purchaseorder", order).code() == "610");
}

TEST_CASE("reading an id that nobody has is fault 610") {
  Desk desk;
  CHECK(desk.get("purchaseorder/4711").code() == "610");
}

TEST_CASE("a path that does not exist is fault 500 in the recorded words") {
  Desk desk;
  const auto reply = desk.get("vendor/1/5");
  CHECK(reply.status == 400);
  CHECK(reply.code() == "500");
  CHECK(reply.detail().find(
            "Could not find resource for relative : /v3/company/9130355/vendor/1/5") !=
        std::string::npos);
  CHECK(desk.post("PurchaseOrder", desk.order()).code() == "500");
  CHECK(desk.post_with("purchaseorder", "operation", "void", desk.order()).code() == "500");
}

TEST_CASE("a body in another content type is fault 1050") {
  Desk desk;
  CHECK(desk.handle({"POST", "vendor", {}, "text/plain", "{\"DisplayName\":\"A\"}"}).code() ==
        "1050");
}

TEST_CASE("a fault changes nothing") {
  Desk desk;
  const auto before = desk.books.save();
  auto order = desk.order();
  order["Line"][1]["AccountBasedExpenseLineDetail"]["AccountRef"] = by_id("7777");
  REQUIRE(desk.post("purchaseorder", order).status == 400);
  CHECK(desk.books.save() == before);
}
