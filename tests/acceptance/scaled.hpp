#pragma once

#include <cstdint>
#include <string>

// Exact amounts as whole numbers.
namespace acceptance {

std::int64_t power_of_ten(int exponent);
// "45.5805" in units of 10^-places; throws if it has more places.
std::int64_t scaled(const std::string& number, int places);

} // namespace acceptance
