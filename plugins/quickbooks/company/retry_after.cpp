#include "company/retry_after.hpp"

#include <algorithm>
#include <array>

namespace qb::company {

namespace {

constexpr std::int64_t second_us = 1'000'000;

// Digits only, at most nine of them.
std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* found = std::find(months.begin(), months.end(), name);
  if (found == months.end()) return std::nullopt;
  return static_cast<int>(found - months.begin()) + 1;
}

std::string two_digits(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

} // namespace

std::optional<erp::Instant> parse_http_date(std::string_view text) {
  // IMF-fixdate, the one form that servers may send (RFC 9110): "Sun, 06 Nov 1994 08:49:37 GMT".
  constexpr std::string_view shape = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != shape.size()) return std::nullopt;
  for (const std::size_t at : {3, 4, 7, 11, 16, 19, 22, 25, 26, 27, 28})
    if (text[at] != shape[at]) return std::nullopt;
  const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
  const auto month = month_of(text.substr(8, 3));
  if (!day || !year || !month) return std::nullopt;
  return erp::parse_instant(std::string(text.substr(12, 4)) + "-" + two_digits(*month) + "-" +
                            two_digits(*day) + "T" + std::string(text.substr(17, 8)) + "Z");
}

std::optional<int> retry_after_s(std::string_view value, erp::Instant now) {
  if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos)
    return std::min(number(value).value_or(retry_after_max_s), retry_after_max_s);
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  const std::int64_t seconds = (*date - now + second_us - 1) / second_us;
  return static_cast<int>(std::clamp<std::int64_t>(seconds, 0, retry_after_max_s));
}

} // namespace qb::company
