#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

json plain_order(Desk& desk, const std::string& vendor, const std::string& payables) {
  return {{"VendorRef", by_id(desk.id_of("Vendor", vendor))},
          {"APAccountRef", by_id(desk.id_of("Account", payables))},
          {"Line",
           {{{"DetailType", "AccountBasedExpenseLineDetail"},
             {"Amount", 100},
             {"AccountBasedExpenseLineDetail",
              {{"AccountRef", by_id(desk.id_of("Account", "Tooling"))}}}}}}};
}

std::string tax_code(Desk& desk, const std::string& name) {
  return desk.query("select * from TaxCode where Name = '" + name +
                    "'")["QueryResponse"]["TaxCode"][0]["Id"];
}

} // namespace

TEST_CASE("with one currency a foreign one is refused") {
  Desk desk;
  auto order = plain_order(desk, "Hicks Hardware", "Accounts Payable (A/P)");
  order["CurrencyRef"] = by_id("EUR");
  CHECK(desk.post("purchaseorder", order).code() == "6000");
  order["CurrencyRef"] = by_id("USD");
  CHECK(desk.post("purchaseorder", order).status == 200);
  CHECK(desk.post("vendor", {{"DisplayName", "Foreign"}, {"CurrencyRef", by_id("EUR")}}).code() ==
        "6000");
}

TEST_CASE("with several currencies vendor, transaction and payables must agree") {
  Desk desk{emulator::Region::us, {.multicurrency = true}};
  auto order = plain_order(desk, "Musterstahl GmbH", "Accounts Payable (A/P) - EUR");
  CHECK(desk.post("purchaseorder", order).element() == "CurrencyRef");
  order["CurrencyRef"] = by_id("USD");
  CHECK(desk.post("purchaseorder", order).code() == "6000");
  order["CurrencyRef"] = by_id("EUR");
  const auto reply = desk.post("purchaseorder", order);
  REQUIRE(reply.status == 200);
  CHECK(reply["PurchaseOrder"]["CurrencyRef"] == json{{"value", "EUR"}, {"name", "Euro"}});
  CHECK(reply["PurchaseOrder"]["ExchangeRate"] == 1.08);
  order["APAccountRef"] = by_id(desk.id_of("Account", "Accounts Payable (A/P)"));
  CHECK(desk.post("purchaseorder", order).code() == "6000");
  order.erase("APAccountRef");
  CHECK(desk.post("purchaseorder", order)["PurchaseOrder"]["APAccountRef"]["name"] ==
        "Accounts Payable (A/P) - EUR");
}

TEST_CASE("a rate that is sent is kept, and a foreign bill shows its balance in home currency") {
  Desk desk{emulator::Region::us, {.multicurrency = true}};
  auto bill = plain_order(desk, "Sample Gulf Alloys", "Accounts Payable (A/P) - KWD");
  bill["CurrencyRef"] = by_id("KWD");
  bill["ExchangeRate"] = 3.2567;
  const auto reply = desk.post("bill", bill);
  REQUIRE(reply.status == 200);
  CHECK(reply["Bill"]["ExchangeRate"] == 3.2567);
  CHECK(reply["Bill"]["HomeBalance"] == 325.67);
}

TEST_CASE("the currency of a vendor is fixed") {
  Desk desk{emulator::Region::us, {.multicurrency = true}};
  const auto id = desk.id_of("Vendor", "Musterstahl GmbH");
  const json update = {
      {"Id", id}, {"SyncToken", "0"}, {"sparse", true}, {"CurrencyRef", by_id("JPY")}};
  CHECK(desk.post("vendor", update).code() == "6000");
  CHECK(desk.post("vendor", {{"DisplayName", "New"}, {"CurrencyRef", by_id("ZZZ")}}).code() ==
        "2220");
}

TEST_CASE("several currencies cannot be switched off again") {
  Desk desk{emulator::Region::us, {.multicurrency = true}};
  const json update = {{"Id", "1"},
                       {"SyncToken", "0"},
                       {"sparse", true},
                       {"CurrencyPrefs", {{"MultiCurrencyEnabled", false}}}};
  CHECK(desk.post("preferences", update).code() == "6000");
}

TEST_CASE(
    "outside the US the way of taxing is required and every line has a tax code for purchases") {
  Desk desk{emulator::Region::ca};
  auto order = plain_order(desk, "Hicks Hardware", "Accounts Payable (A/P)");
  CHECK(desk.post("purchaseorder", order).element() == "GlobalTaxCalculation");
  order["GlobalTaxCalculation"] = "TaxExcluded";
  CHECK(desk.post("purchaseorder", order).code() == "6000");
  auto& line = order["Line"][0]["AccountBasedExpenseLineDetail"];
  line["TaxCodeRef"] = by_id("NON");
  CHECK(desk.post("purchaseorder", order).code() == "2500");
  line["TaxCodeRef"] = by_id(tax_code(desk, "Export sales"));
  CHECK(desk.post("purchaseorder", order).code() == "6470");
  line["TaxCodeRef"] = by_id(tax_code(desk, "HST ON"));
  const auto reply = desk.post("purchaseorder", order);
  REQUIRE(reply.status == 200);
  CHECK(reply["PurchaseOrder"]["TxnTaxDetail"]["TotalTax"] == 13);
  CHECK(reply["PurchaseOrder"]["TotalAmt"] == 113);
  CHECK(reply["PurchaseOrder"]["CurrencyRef"]["value"] == "CAD");
}

TEST_CASE("gross amounts carry their own tax") {
  Desk desk{emulator::Region::uk};
  auto order = plain_order(desk, "Hicks Hardware", "Accounts Payable (A/P)");
  order["GlobalTaxCalculation"] = "TaxInclusive";
  order["Line"][0]["AccountBasedExpenseLineDetail"]["TaxCodeRef"] =
      by_id(tax_code(desk, "20.0% S"));
  order["Line"][0]["AccountBasedExpenseLineDetail"]["TaxInclusiveAmt"] = 120.01;
  const auto reply = desk.post("purchaseorder", order);
  REQUIRE(reply.status == 200);
  CHECK(reply["PurchaseOrder"]["TotalAmt"] == 120.01);
}

TEST_CASE("without tax no tax detail may come along") {
  Desk desk{emulator::Region::au};
  auto order = plain_order(desk, "Hicks Hardware", "Accounts Payable (A/P)");
  order["GlobalTaxCalculation"] = "NotApplicable";
  CHECK(desk.post("purchaseorder", order)["PurchaseOrder"]["TotalAmt"] == 100);
  order["TxnTaxDetail"] = {{"TotalTax", 10}};
  CHECK(desk.post("purchaseorder", order).code() == "6170");
}

TEST_CASE("tax codes can be read but not written") {
  Desk desk{emulator::Region::au};
  const auto code = desk.get("taxcode/" + tax_code(desk, "GST"))["TaxCode"];
  CHECK(code["PurchaseTaxRateList"]["TaxRateDetail"][0]["TaxRateRef"]["name"] == "GST");
  CHECK(desk.post("taxcode", {{"Name", "Mine"}}).code() == "500");
}

TEST_CASE("account numbers may be longer in Canada and Australia, items need both accounts in "
          "Canada and the UK") {
  Desk australia{emulator::Region::au};
  CHECK(
      australia
          .post("account", {{"Name", "Long"}, {"AccountType", "Expense"}, {"AcctNum", "12345678"}})
          .status == 200);
  Desk canada{emulator::Region::ca};
  const json service = {{"Name", "Consulting"},
                        {"Type", "Service"},
                        {"IncomeAccountRef", by_id(canada.id_of("Account", "Services"))}};
  CHECK(canada.post("item", service).element() == "ExpenseAccountRef");
}
