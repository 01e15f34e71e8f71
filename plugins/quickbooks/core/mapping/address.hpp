#pragma once

#include "core/mapping/obstacles.hpp"
#include "core/qbo/value.hpp"
#include "erp/sdk/document.hpp"

#include <optional>
#include <string>

namespace qb::mapping {

// A PhysicalAddress with `first_line` (a name, may be empty) above the street; nullopt if nothing
// usable is in it.
std::optional<qbo::Value> physical_address(const std::string& first_line,
                                           const erp::Address& address, const std::string& field,
                                           Obstacles& obstacles);

// QuickBooks refuses an address without @ and dot (fault 2210).
bool is_email(const std::string& text);

} // namespace qb::mapping
