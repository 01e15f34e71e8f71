#include "company/pacer.hpp"

#include <algorithm>

namespace qb::company {

namespace {

constexpr erp::Instant second_us = 1'000'000;
constexpr erp::Instant minute_us = 60 * second_us;

using Times = std::deque<erp::Instant>;

// When one more start keeps every window of that length at `most` starts or fewer.
erp::Instant room_from(const Times& starts, int most, erp::Instant window) {
  const auto count = static_cast<std::size_t>(most);
  if (starts.size() < count) return INT64_MIN;
  return starts[starts.size() - count] + window;
}

// What is left after our distance to the limit, times the share, at least one.
int budget(int limit, int spared, const erp::Decimal& share) {
  const erp::Decimal left(std::max(limit - spared, 1));
  const auto part = left.times_rounded(share, 0, erp::Rounding::toward_zero);
  if (!part || part->coefficient() < 1) return 1;
  return static_cast<int>(std::min<std::int64_t>(part->coefficient(), left.coefficient()));
}

// What seems to lie ahead has happened by now.
void none_ahead(Times& starts, erp::Instant now) {
  for (auto later = starts.rbegin(); later != starts.rend() && *later > now; ++later)
    *later = now;
}

void add(Times& starts, erp::Instant at) {
  starts.push_back(at);
  while (starts.front() <= at - minute_us)
    starts.pop_front();
}

} // namespace

Pacer::Pacer(Limits limits, const erp::Decimal& share, bool off)
    : budget_{budget(limits.calls_per_minute, spare.calls_per_minute, share),
              budget(limits.calls_per_second, spare.calls_per_second, share),
              budget(limits.batches_per_minute, spare.batches_per_minute, share)},
      off_(off) {}

erp::Instant Pacer::earliest(erp::Instant now, bool is_batch) {
  if (off_) return now;
  follow_clock(now);
  erp::Instant paced = std::max(room_from(calls_, budget_.calls_per_minute, minute_us),
                                room_from(calls_, budget_.calls_per_second, second_us));
  if (is_batch) paced = std::max(paced, room_from(batches_, budget_.batches_per_minute, minute_us));
  return std::max({now, paced, held_until_});
}

void Pacer::started(erp::Instant at, bool is_batch) {
  follow_clock(at);
  add(calls_, at);
  if (is_batch) add(batches_, at);
}

void Pacer::hold(erp::Instant now, erp::Instant for_us) {
  follow_clock(now);
  held_from_ = now;
  held_until_ = std::max(held_until_, now + std::min(for_us, hold_max_us));
}

// A clock that was set back must not make a wait longer: nothing that was noted lies ahead, and
// what is left of a pause is counted from now.
void Pacer::follow_clock(erp::Instant now) {
  none_ahead(calls_, now);
  none_ahead(batches_, now);
  if (held_from_ <= now) return;
  held_until_ -= held_from_ - now;
  held_from_ = now;
}

void Pacer::remember(const std::vector<erp::Instant>& calls,
                     const std::vector<erp::Instant>& batches) {
  const auto merge = [](Times& into, const std::vector<erp::Instant>& more) {
    into.insert(into.end(), more.begin(), more.end());
    std::sort(into.begin(), into.end());
    while (!into.empty() && into.front() <= into.back() - minute_us)
      into.pop_front();
  };
  merge(calls_, calls);
  merge(batches_, batches);
}

} // namespace qb::company
