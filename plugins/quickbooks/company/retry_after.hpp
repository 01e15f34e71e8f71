#pragma once

#include "erp/sdk/document.hpp"

#include <optional>
#include <string_view>

namespace qb::company {

// Intuit documents no Retry-After, only "wait 60 seconds" (limits and throttles); a proxy may send
// one. Longer ones are cut to this.
constexpr int retry_after_max_s = 24 * 60 * 60;

// Seconds of a Retry-After header: a number, or an HTTP date counted from `now`. nullopt: neither.
std::optional<int> retry_after_s(std::string_view value, erp::Instant now);
// "Sun, 06 Nov 1994 08:49:37 GMT"; nullopt: none.
std::optional<erp::Instant> parse_http_date(std::string_view text);

} // namespace qb::company
