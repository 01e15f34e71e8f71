#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace emulator::books {

/// ASCII letters in lower case; other bytes stay. QuickBooks compares names without case.
std::string lower(std::string_view text);
bool same_ignoring_case(std::string_view a, std::string_view b);

/// Code points of valid UTF-8, which is how lengths are counted here (Intuit's unit is
/// unconfirmed).
std::size_t code_points(std::string_view text);

/// A plain number of at most 19 digits.
std::optional<std::uint64_t> parse_number(std::string_view text);

} // namespace emulator::books
