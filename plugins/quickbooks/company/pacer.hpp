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
// No answer holds us longer than this.
constexpr erp::Instant hold_max_us = 24LL * 60 * 60 * 1'000'000;

// When may the next call start? Pure: times come in, waits come out. Sliding windows. Threads: one
// at a time.
class Pacer {
 public:
  // share: 0 < share <= 1, of what is left after `spare` (at least one call); `off` lets everything
  // through.
  Pacer(Limits limits, const erp::Decimal& share, bool off);
  // The earliest time a call may start, not before `now`. A clock that was set back is noticed here
  // as in all that takes the time.
  erp::Instant earliest(erp::Instant now, bool is_batch);
  // A call starts.
  void started(erp::Instant at, bool is_batch);
  // A 429 came: nothing for so long, at most hold_max_us.
  void hold(erp::Instant now, erp::Instant for_us);
  // After a restart: the calls of the last minute, and which of them were batches.
  void remember(const std::vector<erp::Instant>& calls, const std::vector<erp::Instant>& batches);

 private:
  void follow_clock(erp::Instant now);

  Limits budget_;
  bool off_;
  erp::Instant held_from_ = 0, held_until_ = 0;
  std::deque<erp::Instant> calls_, batches_; // ascending, of the last minute
};

} // namespace qb::company
