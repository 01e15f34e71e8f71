#pragma once

#include <string_view>

namespace erp {

// Well-formed as Unicode defines it: no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// The longest prefix of at most `size_max` bytes that does not end inside a character.
std::string_view utf8_prefix(std::string_view text, std::size_t size_max);

} // namespace erp
