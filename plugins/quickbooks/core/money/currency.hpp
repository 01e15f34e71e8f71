#pragma once

#include <optional>
#include <string_view>

namespace qb::money {

// Decimal places of a currency's smallest unit by ISO 4217 (USD 2, JPY 0, KWD 3); nullopt: no such
// currency.
std::optional<int> minor_unit_places(std::string_view iso_code);

} // namespace qb::money
