#pragma once

#include <string>
#include <string_view>

namespace host::bundle {

// SHA-256 of the bytes, in hexadecimal digits.
std::string sha256(std::string_view bytes);

} // namespace host::bundle
