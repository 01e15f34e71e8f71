#pragma once

#include "core/mapping/plan.hpp"

#include <string>
#include <vector>

namespace qb::mapping {

// The kinds of accounts that an item may have (Intuit, Item; confirmed): one whose quantity is
// tracked takes fewer.
struct ItemAccountKinds {
  std::vector<std::string> income, expense, asset;
};
ItemAccountKinds item_account_kinds(bool inventory);

Plan part_to_item(const erp::Event& event, bool derived, const References& references,
                  const settings::Settings& settings);

} // namespace qb::mapping
