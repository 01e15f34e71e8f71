#pragma once

#include "erp/sdk/document.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace qb::connection {

// Days before the end of the consent on which people are told. Intuit's refresh token lives about a
// hundred days and is prolonged by use, up to five years in all (developer.intuit.com, OAuth FAQ;
// not tried with a company of our own).
constexpr std::array<int, 4> consent_end_told_days = {30, 14, 7, 2};

struct ConsentEnd {
  std::int64_t days_left = 0; // begun days count as days
  bool is_urgent = false;     // a week or less
  std::string title, text;
};
// What is to be told now; nullopt: it is far away. `for_good`: use does not put it off any more.
std::optional<ConsentEnd> consent_end(erp::Instant expires_at, bool for_good, erp::Instant now);
// When there will be more to tell; nullopt: all is told.
std::optional<erp::Instant> consent_end_next_look(erp::Instant expires_at, erp::Instant now);

} // namespace qb::connection
