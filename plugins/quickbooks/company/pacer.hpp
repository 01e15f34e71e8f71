#pragma once

#include "erp/sdk/document.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace qb::company {

// Intuit's documented limits per company and app (limits and throttles; confirmed).
struct Limits {
  int calls_per_minute = 500;
  int calls_per_second = 10;
  int batches_per_minute = 40;
};

// What we leave of them: clocks and network delays differ a little, and the call after a 401 is not
// asked for.
constexpr Limits spare{20, 2, 2};
// Nothing holds us longer than this, whatever a clock that was set back seems to say.
constexpr erp::Instant hold_max_us = 24LL * 60 * 60 * 1'000'000;

// When may the next call start? Pure: times come in, waits come out. Sliding windows. Threads: one
// at a time.
class Pacer {
 public:
  // share: 0 < share <= 1, of what is left after `spare` (at least one call); `off` lets everything
  // through.
  Pacer(Limits limits, const erp::Decimal& share, bool off);
  // The earliest time a call may start, not before `now`.
  erp::Instant earliest(erp::Instant now, bool is_batch) const;
  // A call starts. `at` may lie before the last one (the clock was set back).
  void started(erp::Instant at, bool is_batch);
  // A 429 came: nothing before `until`.
  void hold_until(erp::Instant until);
  // After a restart: the calls of the last minute, and which of them were batches.
  void remember(const std::vector<erp::Instant>& calls, const std::vector<erp::Instant>& batches);

 private:
  Limits budget_;
  bool off_;
  erp::Instant held_until_ = 0;
  std::deque<erp::Instant> calls_, batches_; // ascending, of the last minute
};

} // namespace qb::company
