#pragma once

#include <string>
#include <string_view>

namespace qb::verdict {

// What a person reads: what QuickBooks said, what it means, what to do; with the
// host's words for things.
struct IssueWords {
  std::string cause; // one issue per cause: "account_unknown/Shop Suplies"
  std::string title;
  std::string quickbooks_says; // "" if QuickBooks was not asked
  std::string meaning;
  std::string remedy;
  std::string code;                   // Intuit's, "" if none
  std::string intuit_tid;             // "" if none
  bool curable_in_quickbooks = false; // a refresh may take it away by itself
};

// Is it about the company as a whole, whatever document met it first?
bool concerns_company(const IssueWords& words);

// A subject as a person says it: "purchase_order/1042" -> "purchase order 1042", "part/P-1" ->
// "part P-1".
std::string host_words(std::string_view subject);
// The same at the beginning of a sentence: "Purchase order 1042".
std::string host_words_capital(std::string_view subject);

} // namespace qb::verdict
