#include "core/mapping/plan.hpp"
#include "core/mapping/words.hpp"

#include <doctest/doctest.h>

using namespace qb::mapping;

namespace {

qb::qbo::Value answer(const char* json) {
  return *qb::qbo::read(json);
}

} // namespace

TEST_CASE("a tax that QuickBooks reckons as the order says is no news") {
  CHECK_FALSE(tax_difference("28", answer(R"({"TxnTaxDetail":{"TotalTax":28.00}})")));
  CHECK_FALSE(tax_difference("0", answer(R"({"TxnTaxDetail":{}})")));
  CHECK_FALSE(tax_difference("0", answer("{}")));
  // The order says nothing of a tax.
  CHECK_FALSE(tax_difference("", answer(R"({"TxnTaxDetail":{"TotalTax":28}})")));
}

TEST_CASE("a tax that QuickBooks reckons otherwise is told with both amounts") {
  const auto differs = tax_difference("27.5", answer(R"({"TxnTaxDetail":{"TotalTax":28.00}})"));
  REQUIRE(differs);
  CHECK(is_warning(differs->kind));
  const auto words = words_for(*differs, "purchase_order/1042");
  CHECK(words.title == "QuickBooks reckons another tax for purchase order 1042");
  CHECK(words.meaning.find("27.5, and QuickBooks worked out 28") != std::string::npos);
  CHECK(words.cause == "warning/purchase_order/1042/tax_differs");
  CHECK(tax_difference("27.5", answer("{}")));
}

TEST_CASE("a class that QuickBooks left out of its answer is noticed, one it added is not") {
  const auto sent = answer(
      R"({"Line":[{"DetailType":"D","D":{"ClassRef":{"value":"1"}}},{"DetailType":"D","D":{}}]})");
  CHECK_FALSE(drops_classes(sent, sent));
  CHECK(drops_classes(sent, answer(R"({"Line":[{"DetailType":"D","D":{}}]})")));
  CHECK(drops_classes(answer(R"({"ClassRef":{"value":"1"}})"), answer("{}")));
  CHECK_FALSE(drops_classes(answer("{}"), sent));
}
