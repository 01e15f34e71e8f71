#pragma once

#include <algorithm>
#include <string_view>

namespace erp {

// Has the form of an ISO 4217 code, so that it fits erp_money.
inline bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

} // namespace erp
