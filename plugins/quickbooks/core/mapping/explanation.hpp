#pragma once

#include "core/mapping/lookups.hpp"
#include "core/mapping/plan.hpp"

#include <string>
#include <vector>

// Why a document is written as it is, for a person. Pure.
namespace qb::mapping {

// One record of QuickBooks that the document names.
struct Reason {
  std::string role;    // "item", "account", "class", "vendor", "payables account"
  std::string id;      // QuickBooks' Id
  std::string name;    // as QuickBooks calls it; "" if planning did not look for it
  std::string because; // "the line's Expense Code says \"Tooling\""
};

struct ExplainedLine {
  std::string where; // "line 3", "fee Shipping", "added in QuickBooks"
  std::string said;  // what the host says of it: "10 x 820412-001 Rev B, 125 USD"
  std::string amount;
  std::vector<Reason> reasons;
};

struct Explanation {
  std::string outcome;         // "PurchaseOrder 257 \"1042\" in QuickBooks"
  std::vector<Reason> reasons; // of the document as a whole
  std::vector<ExplainedLine> lines;
  std::vector<Obstacle> obstacles;     // what holds it up
  std::vector<std::string> goes_first; // subjects
};

// `plan` and `lookups` are of one planning of `event`.
Explanation explain(const erp::Event& event, const Plan& plan, const std::vector<Lookup>& lookups,
                    const settings::Settings& settings);

} // namespace qb::mapping
