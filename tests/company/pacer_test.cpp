#include "company/pacer.hpp"
#include "seed.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace qb::company;

namespace {

constexpr erp::Instant second_us = 1'000'000;
constexpr erp::Instant minute_us = 60 * second_us;
constexpr erp::Instant epoch = 1'800'000'000'000'000;

// The most starts in any window of that length, wherever it begins.
std::size_t most_in_any(const std::vector<erp::Instant>& starts, erp::Instant window) {
  std::size_t most = 0, first = 0;
  for (std::size_t last = 0; last < starts.size(); ++last) {
    while (starts[last] - starts[first] >= window)
      ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

struct Trace {
  std::vector<erp::Instant> calls, batches;
};

void check_limits(const Trace& trace, const Limits& limits) {
  CHECK(most_in_any(trace.calls, minute_us) <= static_cast<std::size_t>(limits.calls_per_minute));
  CHECK(most_in_any(trace.calls, second_us) <= static_cast<std::size_t>(limits.calls_per_second));
  CHECK(most_in_any(trace.batches, minute_us) <=
        static_cast<std::size_t>(limits.batches_per_minute));
}

std::vector<erp::Instant> since(const std::vector<erp::Instant>& starts, erp::Instant from) {
  return {std::lower_bound(starts.begin(), starts.end(), from), starts.end()};
}

erp::Decimal share(const char* text) {
  return *erp::Decimal::parse(text);
}

} // namespace

TEST_CASE("no window of any of ten thousand traces goes over Intuit's limits, restarts or not") {
  std::mt19937_64 dice(printed_seed());
  for (int round = 0; round < 10'000; ++round) {
    CAPTURE(round);
    const char* shares[] = {"1", "0.5", "0.25", "0.01"};
    const erp::Decimal its_share = share(shares[round % 4]);
    Pacer pacer(Limits{}, its_share, false);
    Trace trace;
    erp::Instant now = epoch, held_until = 0;
    const int hurry = static_cast<int>(dice() % 4); // how long the pauses are
    const bool few_batches = dice() % 2 == 0;
    bool in_order = true;
    for (int i = 0; i < 600; ++i) { // more than a minute's
      now += hurry == 0 ? 0 : static_cast<erp::Instant>(dice() % (hurry * 200'000u));
      const bool is_batch = dice() % (few_batches ? 50 : 3) == 0;
      now = pacer.earliest(now, is_batch);
      in_order = in_order && pacer.earliest(now, is_batch) == now && now >= held_until;
      pacer.started(now, is_batch);
      trace.calls.push_back(now);
      if (is_batch) trace.batches.push_back(now);
      if (dice() % 500 == 0) { // a 429
        held_until = now + minute_us;
        pacer.hold(now, minute_us);
      }
      if (dice() % 500 == 0) { // killed and started again; the rest after a 429 is kept elsewhere
        held_until = 0;
        pacer = Pacer(Limits{}, its_share, false);
        pacer.remember(since(trace.calls, now - minute_us), since(trace.batches, now - minute_us));
      }
    }
    REQUIRE(in_order);
    check_limits(trace, Limits{});
  }
}

TEST_CASE("two programs with half the limit each stay below it together") {
  std::mt19937_64 dice(printed_seed());
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    Trace both;
    for (int program = 0; program < 2; ++program) {
      Pacer pacer(Limits{}, share("0.5"), false);
      erp::Instant now = epoch + static_cast<erp::Instant>(dice() % (2u * second_us));
      for (int i = 0; i < 600; ++i) {
        const bool is_batch = dice() % 5 == 0;
        now = pacer.earliest(now, is_batch);
        pacer.started(now, is_batch);
        both.calls.push_back(now);
        if (is_batch) both.batches.push_back(now);
      }
    }
    std::sort(both.calls.begin(), both.calls.end());
    std::sort(both.batches.begin(), both.batches.end());
    check_limits(both, Limits{});
  }
}

TEST_CASE("the budget is used up to our distance to the limit") {
  Pacer pacer(Limits{}, share("1"), false);
  erp::Instant now = epoch;
  Trace trace;
  for (int i = 0; i < 2000; ++i) {
    now = pacer.earliest(now, false);
    pacer.started(now, false);
    trace.calls.push_back(now);
  }
  CHECK(most_in_any(trace.calls, minute_us) == 480);
  CHECK(most_in_any(trace.calls, second_us) == 8);
  CHECK(now - epoch < 5 * minute_us);
}

TEST_CASE("batches have a budget of their own and use the calls' too") {
  Pacer pacer(Limits{}, share("1"), false);
  erp::Instant now = epoch;
  for (int i = 0; i < 38; ++i) {
    now = pacer.earliest(now, true);
    pacer.started(now, true);
  }
  CHECK(pacer.earliest(now, true) == epoch + minute_us);
  CHECK(pacer.earliest(now + second_us, false) == now + second_us);
}

TEST_CASE("a share leaves the rest to others, but never nothing to us") {
  Pacer half(Limits{}, share("0.5"), false);
  for (int i = 0; i < 4; ++i) {
    CHECK(half.earliest(epoch, false) == epoch);
    half.started(epoch, false);
  }
  CHECK(half.earliest(epoch, false) == epoch + second_us);
  Pacer tiny(Limits{}, share("0.000001"), false);
  CHECK(tiny.earliest(epoch, true) == epoch);
  tiny.started(epoch, true);
  CHECK(tiny.earliest(epoch, true) == epoch + minute_us);
  Pacer beyond_reckoning(Limits{}, share("900000000000000000"), false);
  beyond_reckoning.started(epoch, true);
  CHECK(beyond_reckoning.earliest(epoch, true) == epoch + minute_us);
}

TEST_CASE("a small share is kept in every minute, though a second would allow more") {
  Pacer pacer(Limits{}, share("0.01"), false);
  erp::Instant now = epoch;
  for (int i = 0; i < 4; ++i) { // a hundredth of 480
    now = pacer.earliest(now, false);
    pacer.started(now, false);
  }
  CHECK(now == epoch + 3 * second_us);
  CHECK(pacer.earliest(now, false) == epoch + minute_us);
}

TEST_CASE("after a 429 nothing goes out before its time") {
  Pacer pacer(Limits{}, share("1"), false);
  pacer.hold(epoch, minute_us);
  CHECK(pacer.earliest(epoch, false) == epoch + minute_us);
  pacer.hold(epoch, second_us); // a shorter one takes nothing back
  CHECK(pacer.earliest(epoch, true) == epoch + minute_us);
  CHECK(pacer.earliest(epoch + minute_us, false) == epoch + minute_us);
}

TEST_CASE("switched off it lets everything through") {
  Pacer pacer(Limits{}, share("1"), true);
  for (int i = 0; i < 1000; ++i)
    pacer.started(epoch, true);
  CHECK(pacer.earliest(epoch, true) == epoch);
}

TEST_CASE("a clock that was set back a day holds nothing up for longer than a minute") {
  Pacer pacer(Limits{}, share("1"), false);
  for (int i = 0; i < 480; ++i)
    pacer.started(epoch, false);
  const erp::Instant yesterday = epoch - 24 * 60 * minute_us;
  CHECK(pacer.earliest(yesterday, false) == yesterday + minute_us); // all of them count as now
  CHECK(pacer.earliest(yesterday + second_us, false) == yesterday + minute_us);
  pacer.started(yesterday + minute_us, false);
  CHECK(pacer.earliest(yesterday + minute_us, false) == yesterday + minute_us);
}
