#include "connection/consent_end.hpp"

#include <algorithm>

namespace qb::connection {
namespace {

constexpr erp::Instant day_us = 86'400LL * 1'000'000;
constexpr std::int64_t urgent_days = 7;

} // namespace

std::optional<ConsentEnd> consent_end(erp::Instant expires_at, bool for_good, erp::Instant now) {
  const erp::Instant left = std::max<erp::Instant>(expires_at - now, 0);
  if (left > consent_end_told_days.front() * day_us) return std::nullopt;
  ConsentEnd end;
  end.days_left = (left + day_us - 1) / day_us;
  end.is_urgent = end.days_left <= urgent_days;
  const std::string day = erp::to_rfc3339(expires_at).substr(0, 10);
  end.title = left == 0            ? "The consent to use QuickBooks has run out"
              : end.days_left == 1 ? "The consent to use QuickBooks ends within a day"
                                   : "The consent to use QuickBooks ends in " +
                                         std::to_string(end.days_left) + " days";
  end.text =
      (left == 0  ? "It ended on " + day + "; documents wait here until it is renewed."
       : for_good ? "It ends on " + day + " for good: Intuit ends every consent after five years."
                  : "It ends on " + day + " unless the connection is used before.") +
      " Let an administrator of the company connect it again, to the same company: erp-host "
      "connect quickbooks. Nothing is lost, and nothing has to be set up anew.";
  return end;
}

std::optional<erp::Instant> consent_end_next_look(erp::Instant expires_at, erp::Instant now) {
  for (const int days : consent_end_told_days)
    if (expires_at - days * day_us > now) return expires_at - days * day_us;
  return expires_at > now ? std::optional(expires_at) : std::nullopt;
}

} // namespace qb::connection
