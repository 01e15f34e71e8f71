#include "core/mapping/difference.hpp"

#include <doctest/doctest.h>

using namespace qb::mapping;
using qb::qbo::Value;

namespace {

Value order(const char* json) {
  return qb::qbo::read(json).value();
}

std::string told_of(const char* wanted, const char* standing) {
  return told(differences(order(wanted), order(standing)), 3);
}

} // namespace

TEST_CASE("books that say the same have no difference, however they write a number") {
  CHECK(told_of(R"({"DocNumber":"1042","ExchangeRate":1.10,
                    "Line":[{"Id":"1","Amount":12.5,"DetailType":"X","X":{"Qty":2}}]})",
                R"({"Id":"7","DocNumber":"1042","ExchangeRate":1.1,"Memo":"other words",
                    "Line":[{"Id":"1","Amount":12.50,"DetailType":"X","X":{"Qty":2.000}}]})") ==
        "");
}

TEST_CASE("each difference is told with what is there and what should be") {
  CHECK(told_of(R"({"VendorRef":{"value":"7"}})", R"({"VendorRef":{"value":"8"}})") ==
        "VendorRef of the document is 8, not 7");
  CHECK(told_of(R"({"Line":[{"Id":"1","Amount":12.5},{"Id":"2","Amount":3}]})",
                R"({"Line":[{"Id":"1","Amount":12.4}]})") ==
        "Amount of line 1 is 12.4, not 12.5; line 2 is not there as it should be (Amount 3)");
  CHECK(told_of(R"({"Line":[]})", R"({"Line":[{"Id":"5","Amount":9}]})") ==
        "line 5 in QuickBooks should not be there (Amount 9)");
}

TEST_CASE("a line without Id is the next that stands there") {
  CHECK(told_of(R"({"Line":[{"Amount":1},{"Amount":2}]})",
                R"({"Line":[{"Id":"8","Amount":1},{"Id":"9","Amount":2}]})") == "");
}

TEST_CASE("an order that should be open may be closed, one that should be closed may not be open") {
  CHECK(told_of(R"({"POStatus":"Open"})", R"({"POStatus":"Closed"})") == "");
  CHECK(told_of(R"({"POStatus":"Closed"})", R"({"POStatus":"Open"})") ==
        "POStatus of the document is Open, not Closed");
}

TEST_CASE("what is billed must stand on the bill, line by line") {
  Billing billing;
  billing.lines["1"] = {erp::Decimal(2), *erp::Decimal::parse("25")};
  billing.lines["fee:f1"] = {std::nullopt, *erp::Decimal::parse("15")};
  const char* ids = R"({"1":"11","fee:f1":"12"})";
  const auto told_of_bill = [&](const char* bill) {
    return told(differences(billing, ids, order(bill)), 3);
  };
  CHECK(told_of_bill(R"({"Line":[{"Id":"11","Amount":25.00,"DetailType":"X","X":{"Qty":2}},
                                 {"Id":"12","Amount":15}]})") == "");
  CHECK(told_of_bill(R"({"Line":[{"Id":"11","Amount":24,"DetailType":"X","X":{"Qty":1}}]})") ==
        "Amount of line 1 is 24, not 25; Qty of line 1 is 1, not 2; line fee:f1 is not there as it "
        "should be (Amount 15)");
}
