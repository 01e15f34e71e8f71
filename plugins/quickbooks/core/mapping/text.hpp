#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace qb::mapping {

// A text of the host as QuickBooks takes it: without the blanks around it, and with a blank for
// each control character but tab and line break (fault 2040; Intuit's error codes, confirmed).
// Those come in by copying from spreadsheets and mean nothing to a reader. Lengths are not touched.
std::string clean_text(std::string_view text);

// Without the blanks around it.
std::string_view trimmed(std::string_view text);

// Below U+0020, or U+007F; tab and line break included.
bool has_control_character(std::string_view text);

// With a blank for each control character.
std::string on_one_line(std::string_view text);

// At most `characters_max` characters of it, with "..." if there are more. Never half a character.
std::string beginning_of(std::string_view text, std::size_t characters_max);

} // namespace qb::mapping
