#include "core/verdict/verdict.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace qb::verdict;

// Words of QuickBooks that users of other integrations meet, as those write them down.
namespace {

Outcome refused(const std::string& code, const std::string& message, const std::string& detail) {
  Outcome made;
  made.kind = OutcomeKind::rejected;
  made.http_status = 400;
  made.fault.emplace();
  made.fault->errors.push_back({code, message, detail, ""});
  return made;
}

IssueWords issue(const Outcome& made) {
  const Verdict verdict = judge(made, "purchase_order/1042", 0, 0, 0);
  REQUIRE(std::holds_alternative<Block>(verdict));
  return std::get<Block>(verdict).issue;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("an item that was deleted under an order is named as such, whatever code comes with it") {
  const std::string words =
      "Product/Service assigned to this transaction has been deleted. Before you can modify this "
      "transaction, you must restore 3007900";
  for (const char* code : {"6000", "610", "2500", "", "9999"}) {
    CAPTURE(code);
    const IssueWords told = issue(refused(code, "A business validation error", words));
    CHECK(told.title == "An item on purchase order 1042 was deleted in QuickBooks");
    CHECK(has(told.quickbooks_says, "you must restore 3007900"));
    CHECK(has(told.remedy, "make the item active again"));
    CHECK(told.curable_in_quickbooks);
  }
}

TEST_CASE("a name that is taken is looked for before a person is asked") {
  for (const char* words :
       {"The name supplied already exists. : Another product or service is already using this "
        "name. Please use a different name.",
        "The name supplied already exists. : Another customer, supplier, or employee is already "
        "using this name. Please use a different name."})
    CHECK(std::holds_alternative<Adopt>(
        judge(refused("6240", "Duplicate Name Exists Error", words), "part/P-1", 0, 0, 0)));
}

TEST_CASE("a text that is too long for QuickBooks is told with its limit") {
  const IssueWords told =
      issue(refused("2050",
                    "String length is either shorter or longer than supported by "
                    "specification",
                    "String length specified does not match the supported length. Min:0 Max:21 "
                    "supported. Supplied length:22"));
  CHECK(told.title == "QuickBooks does not take a text of purchase order 1042");
  CHECK(has(told.quickbooks_says, "Max:21"));
  CHECK(has(told.meaning, "Nothing was cut"));
}

TEST_CASE("something inactive on an order is told with what to look at") {
  const IssueWords told = issue(refused(
      "610", "Object Not Found",
      "Object Not Found : Something you're trying to use has been made inactive. Check the fields "
      "with accounts, customers, items, vendors or employees."));
  CHECK(has(told.title, "inactive or gone"));
  CHECK(has(told.remedy, "make them active again"));
  CHECK(told.curable_in_quickbooks);
}

TEST_CASE("a transaction that others depend on is left alone, and a person told") {
  const IssueWords told =
      issue(refused("6540", "Deposited Transaction cannot be changed",
                    "This transaction has been deposited. If you want to change or delete it, you "
                    "must edit the deposit it appears on and remove it first."));
  CHECK(has(told.title, "tied to something else"));
}
