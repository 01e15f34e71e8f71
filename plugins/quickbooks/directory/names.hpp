#pragma once

#include "core/qbo/answer.hpp"
#include "store/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace qb::directory {

// The name without the " (deleted)" that QuickBooks adds to the names of inactive records
// (Intuit, inactive list entities; confirmed).
std::string_view without_deleted(std::string_view name);

// The columns of a row in the order in which known_of() reads them.
#define QB_DIRECTORY_COLUMNS                                                                       \
  "entity, entity_id, sync_token, name, full_name, account_number, kind, currency, vendor_id, "    \
  "private_note, active"

qbo::Known known_of(const store::Query& row);
std::vector<qbo::Known> all_known_of(store::Query& rows);

} // namespace qb::directory
