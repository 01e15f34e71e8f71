#pragma once

#include <string>
#include <string_view>

namespace qb::qbo {

// 'It\'s' : quotes a value for the query language; backslash and apostrophe are escaped with a
// backslash (Intuit, data queries; confirmed). The caller percent-encodes the statement.
std::string quoted(std::string_view value);

} // namespace qb::qbo
