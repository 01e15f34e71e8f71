#include "core/verdict/refusal_words.hpp"
#include "core/verdict/verdict.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace qb::verdict;

namespace {

Outcome refused(const std::string& code, const std::string& message = "",
                const std::string& detail = "", const std::string& element = "") {
  Outcome made;
  made.kind = OutcomeKind::rejected;
  made.http_status = 400;
  made.intuit_tid = "1-5f733";
  made.fault.emplace();
  made.fault->errors.push_back({code, message, detail, element});
  return made;
}

IssueWords issue(const Outcome& made, const std::string& subject = "purchase_order/1042") {
  const Verdict verdict = judge(made, subject, 5, 0, 0);
  REQUIRE(std::holds_alternative<Block>(verdict));
  return std::get<Block>(verdict).issue;
}

} // namespace

TEST_CASE("subjects are said as people say them") {
  CHECK(host_words("purchase_order/1042") == "purchase order 1042");
  CHECK(host_words("part/P-1") == "part P-1");
  CHECK(host_words("receipt/R_1/a") == "receipt R_1/a");
  CHECK(host_words("supplier/S-7") == "supplier S-7");
  CHECK(host_words("") == "");
  CHECK(host_words_capital("purchase_order/1042") == "Purchase order 1042");
  CHECK(host_words_capital("") == "");
  CHECK(host_words_capital("Receipt/7") == "Receipt 7");
  CHECK(host_words_capital("7_days") == "7 days");
  CHECK(host_words_capital("{x}/7") == "{x} 7");
}

TEST_CASE("an unknown account is one issue for all documents that use it") {
  const Outcome made = refused("2500", "Invalid Reference Id",
                               "Invalid Reference Id : Accounts element id 7 not found");
  const IssueWords words = issue(made);
  CHECK(words.cause == "2500/Accounts/7");
  CHECK(words.cause == issue(made, "purchase_order/1043").cause);
  CHECK(words.title == "QuickBooks does not have an account that purchase order 1042 names");
  CHECK(words.quickbooks_says == "Invalid Reference Id : Accounts element id 7 not found");
  CHECK(words.remedy.find("Restore an account in QuickBooks") == 0);
  CHECK(words.code == "2500");
  CHECK(words.intuit_tid == "1-5f733");
  CHECK(words.curable_in_quickbooks);
  CHECK(issue(refused("2500", "", "Klasses element id 12 not found")).cause == "2500/Klasses/12");
  CHECK(issue(refused("2500", "", "Names element id x not found")).cause ==
        "2500/purchase_order/1042");
}

TEST_CASE("a missing record of a kind that we have no word for is a record") {
  const auto title_and_cause = [](const std::string& detail) {
    const IssueWords words = issue(refused("2500", "Invalid Reference Id", detail), "part/P-1");
    return words.title + "; " + words.cause;
  };
  const std::string record =
      title_and_cause("Invalid Reference Id : Wonders element id 7 not found");
  CHECK(record.find("a record") != std::string::npos);
  CHECK(record.find("2500/Wonders/7") != std::string::npos);
  // Nothing to tell documents apart by but themselves.
  for (const char* incomplete :
       {"", "something else", "Invalid : element id 7", "Invalid : Accounts element id none"}) {
    CAPTURE(incomplete);
    CHECK(title_and_cause(incomplete).find("2500/part/P-1") != std::string::npos);
  }
  CHECK(title_and_cause("Accounts element id 7").find("2500/Accounts/7") != std::string::npos);
}

TEST_CASE("a refusal without a fault has words, too") {
  CHECK(refusal_words(Sentence::reference_unknown, Outcome{}, "part/P-1").cause ==
        "refused/part/P-1");
}

TEST_CASE("the field that QuickBooks names is not said twice") {
  CHECK(
      issue(refused("6999", "Strange", "Line.Amount is strange", "Line.Amount")).quickbooks_says ==
      "Strange: Line.Amount is strange");
}

TEST_CASE("an ended subscription is one issue for the company") {
  const IssueWords words = issue(refused("6190", "Invalid Company Status", "Your trial ended."));
  CHECK(words.cause == "company/6190");
  CHECK(words.title == "The company's QuickBooks subscription has ended");
  CHECK(words.quickbooks_says == "Invalid Company Status: Your trial ended.");
  CHECK(words.curable_in_quickbooks);
}

TEST_CASE("an inactive reference names what to look for and goes away by itself") {
  const IssueWords words =
      issue(refused("610", "Object Not Found", "Object Not Found : made inactive"));
  CHECK(words.cause == "610/purchase_order/1042");
  CHECK(words.meaning.find("account, item, vendor or class") != std::string::npos);
  CHECK(words.curable_in_quickbooks);
}

TEST_CASE("an unknown refusal is told in QuickBooks' own words, with the field") {
  const IssueWords words =
      issue(refused("6999", "Strange", "Something new", "Line.Amount"), "part/P-1");
  CHECK(words.cause == "6999/part/P-1");
  CHECK(words.title == "QuickBooks refuses part P-1");
  CHECK(words.quickbooks_says == "Strange: Something new (Line.Amount)");
  CHECK(words.remedy.find("part P-1") != std::string::npos);
}

TEST_CASE("a lost connection says who can mend it") {
  const IssueWords words = reconnect_words(refused("3200", "AuthenticationFailed"));
  CHECK(words.cause == "company/reconnect");
  CHECK(words.remedy.find("administrator") != std::string::npos);
}

TEST_CASE("every issue is written for a person, and its cause fits its reach") {
  std::set<std::string> titles;
  for (int code = 100; code <= 10300; code += 10) {
    for (const int shown : {code, code + 1, code + 2}) {
      CAPTURE(shown);
      const Verdict verdict = judge(refused(std::to_string(shown), "A message", "A detail"),
                                    "purchase_order/1042", 5, 0, 0);
      if (!std::holds_alternative<Block>(verdict)) continue;
      const IssueWords& words = std::get<Block>(verdict).issue;
      titles.insert(words.title);
      for (const std::string* text : {&words.title, &words.meaning, &words.remedy}) {
        CAPTURE(*text);
        CHECK(text->size() > 15);
        CHECK(text->find('{') == std::string::npos);
        CHECK(text->find("purchase_order") == std::string::npos);
      }
      CHECK(words.meaning.back() == '.');
      CHECK(words.remedy.back() == '.');
      CHECK(words.code == std::to_string(shown));
      const bool names_document = words.cause.find("purchase_order/1042") != std::string::npos;
      CHECK(names_document != words.cause.starts_with("company/"));
      // What is said of the whole company is not said of one document.
      if (!names_document) CHECK(words.title.find("1042") == std::string::npos);
    }
  }
  CHECK(titles.size() >= 17);
}

TEST_CASE("refused keys of the app are told apart from an ended connection") {
  const IssueWords words = keys_refused_words("invalid_client");
  CHECK(words.cause == "company/app_keys");
  CHECK(words.cause != reconnect_words({}).cause);
  CHECK(words.quickbooks_says == "invalid_client");
  CHECK(words.remedy.find("developer.intuit.com") != std::string::npos);
}

TEST_CASE("each kind of outcome has a name of its own") {
  std::set<std::string> names;
  constexpr OutcomeKind kinds[] = {OutcomeKind::accepted,       OutcomeKind::rejected,
                                   OutcomeKind::stale,          OutcomeKind::throttled,
                                   OutcomeKind::unauthorised,   OutcomeKind::not_connected,
                                   OutcomeKind::server_trouble, OutcomeKind::unreachable,
                                   OutcomeKind::lost,           OutcomeKind::unreadable};
  for (const OutcomeKind kind : kinds)
    names.insert(to_string(kind));
  CHECK(names.size() == std::size(kinds));
}
