#pragma once

#include <string>
#include <string_view>

namespace qb::delivery {

// 64 hex digits; tells equal content without keeping it.
std::string sha256_hex(std::string_view bytes);
// 32 hex digits of the operating system's randomness: a request id within Intuit's 36 characters
// for batches.
std::string new_request_id();

} // namespace qb::delivery
