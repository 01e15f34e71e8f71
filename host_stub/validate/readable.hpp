#pragma once

#include <string>

namespace host::validate {

bool is_utf8(const char* text, std::size_t size);

// What may be shown on a terminal and written into XML: UTF-8, of the control characters newline
// alone. What is not becomes U+FFFD.
std::string readable(const std::string& text);

} // namespace host::validate
