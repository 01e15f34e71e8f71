#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {
using verdict::IssueWords;

void tax_words(const Obstacle& o, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::tax_code_inactive:
    w.title = "The tax code " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = origin(o) + ". Documents that need it wait.";
    w.remedy = "Make the tax code active again in QuickBooks (Taxes), or " + remedy_here(o) +
               "; then run refresh.";
    return;
  case ObstacleKind::tax_code_for_sales:
    w.title = "The tax code " + quote(o.name) + " is for sales only";
    w.meaning = origin(o) + ", and the code has no rate for purchases in QuickBooks.";
    w.remedy = "Give the code a purchase rate in QuickBooks (Taxes), or " + remedy_here(o) +
               "; then run refresh.";
    return;
  default:
    w.title = "QuickBooks has no tax code called " + quote(o.name);
    w.meaning = origin(o) + ". Documents that need it wait; no other tax is taken instead.";
    w.remedy = "Add the tax code in QuickBooks (Taxes), or " + remedy_here(o) +
               "; then run refresh. A company in the United States knows only TAX and NON.";
    for (const std::string& name : o.candidates)
      w.remedy += (&name == &o.candidates.front() ? " There are: " : ", ") + quote(name);
    if (!o.candidates.empty()) w.remedy += ".";
    return;
  }
}

} // namespace qb::mapping
