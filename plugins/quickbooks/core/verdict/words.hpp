#pragma once

#include <string>

namespace qb::verdict {

// What a person reads (decision 18): what QuickBooks said, what it means, what to do; with the
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

} // namespace qb::verdict
