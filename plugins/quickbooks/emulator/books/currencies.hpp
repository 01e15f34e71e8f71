#pragma once
#include "decimal.hpp"

#include <string_view>

namespace emulator::books {

/// "United States Dollar", or empty for a code that QuickBooks does not know.
std::string_view currency_name(std::string_view code);

/// Home units per one foreign unit: what QuickBooks takes when a transaction brings no rate.
/// Invented, and the same every day, so that tests are repeatable.
Decimal rate_of_the_day(std::string_view foreign, std::string_view home);

} // namespace emulator::books
