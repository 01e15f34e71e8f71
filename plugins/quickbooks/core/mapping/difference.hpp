#pragma once

#include "core/mapping/billing.hpp"
#include "core/qbo/value.hpp"

#include <string>
#include <vector>

// Where the books say something else than they should.
namespace qb::mapping {

struct Difference {
  std::string where;    // "line 3", "the document"
  std::string member;   // "Amount", "VendorRef"
  std::string wanted;   // "" : it should not be there
  std::string standing; // "" : it is not there
};

// Of `wanted`, a body as we would write it now, what `standing` has otherwise. Compared is what the
// books mean: number, days, vendor, currency and rate, account, class, status; of each line the
// amount, quantity, price, item, account, class and tax code. Texts, addresses and mail may be
// reworded by people, and are not compared. A line of `standing` that `wanted` lacks is a
// difference; lines are told by their Id, those without one by their place.
std::vector<Difference> differences(const qbo::Value& wanted, const qbo::Value& standing);

// Of the parts of the order's lines that are billed, what the bill has otherwise.
std::vector<Difference> differences(const Billing& billing, const std::string& line_ids_json,
                                    const qbo::Value& bill);

// "Amount of line 3 is 12, not 10", at most `count` of them.
std::string told(const std::vector<Difference>& differences, std::size_t count);

} // namespace qb::mapping
