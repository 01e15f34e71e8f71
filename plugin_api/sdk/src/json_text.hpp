#pragma once

#include "erp/sdk/document.hpp"

#include <string>
#include <string_view>

// JSON's scalars, appended to a string.
namespace erp {

void append(std::string& out, std::string_view text); // UTF-8; quoted and escaped
void append(std::string& out, const std::string& text);
void append(std::string& out, const char* text) = delete; // would be taken for bool
void append(std::string& out, bool value);
void append(std::string& out, const Decimal& value); // a string
void append(std::string& out, const Date& value);    // a string

} // namespace erp
