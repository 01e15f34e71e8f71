#pragma once

#include "core/mapping/obstacles.hpp"
#include "core/qbo/value.hpp"
#include "erp/sdk/document.hpp"

#include <optional>
#include <string>

namespace qb::mapping {

// A PhysicalAddress with `first_line` (a name, may be empty) above the street; nullopt if there is
// no more in it than a country. `field` is the host's word for the address.
std::optional<qbo::Value> physical_address(const std::string& first_line,
                                           const erp::Address& address, const std::string& field,
                                           Obstacles& obstacles);

// The address without the blanks around it, if QuickBooks would take it: one @, a dot behind it
// (else fault 2210), at most 100 characters. An e-mail address that it would not take is left out:
// no document waits for it.
std::optional<std::string> usable_email(const std::optional<std::string>& email);

} // namespace qb::mapping
