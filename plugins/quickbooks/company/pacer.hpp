#pragma once

#include "erp/sdk/document.hpp"

#include <cstdint>
#include <deque>
#include <vector>

namespace qb::company {

// Intuit's documented limits (limits and throttles; confirmed) and what we use of them, one below
// each so that clocks that differ a little do no harm.
struct Limits {
  int calls_per_minute = 500;
  int calls_per_second = 10;
  int batches_per_minute = 40;
};

// When may the next call start? Pure: times come in, waits come out. Sliding windows.
class Pacer {
 public:
  // share: 0 < share <= 1, of the limits; `off` lets everything through.
  Pacer(Limits limits, const erp::Decimal& share, bool off);
  // The earliest time a call may start, not before `now`.
  erp::Instant earliest(erp::Instant now, bool is_batch) const;
  void started(erp::Instant at, bool is_batch);
  // A 429 came: nothing before `until`.
  void hold_until(erp::Instant until);
  // After a restart.
  void remember(const std::vector<erp::Instant>& starts);

 private:
  Limits limits_;
  bool off_;
  erp::Instant held_until_ = 0;
  std::deque<erp::Instant> calls_, batches_;
};

} // namespace qb::company
