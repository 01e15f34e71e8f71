#include "gateway/throttle.hpp"

namespace emulator::gateway {

namespace {

bool full(std::deque<Instant>& window, std::chrono::seconds length, std::size_t max, Instant now) {
  while (!window.empty() && window.front() + length <= now)
    window.pop_front();
  return window.size() >= max;
}

} // namespace

std::optional<std::string> Throttle::refusal(const std::string& realm, const std::string& client_id,
                                             bool batch, Instant now) {
  using std::chrono::seconds;
  if (!on_) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  auto& calls = calls_[realm];
  auto& burst = burst_[{realm, client_id}];
  auto& batches = batches_[{realm, client_id}];
  auto& company_batches = company_batches_[realm];
  if (full(calls, seconds(60), calls_per_minute_max, now)) return "500 requests a minute";
  auto& running = running_[{realm, client_id}];
  if (at_once_ ? running >= calls_per_second_max
               : full(burst, seconds(1), calls_per_second_max, now))
    return at_once_ ? "10 requests at once" : "10 requests a second";
  if (batch && full(batches, seconds(60), batches_per_minute_max, now))
    return "40 batch requests a minute";
  if (batch && full(company_batches, seconds(60), company_batches_per_minute_max, now))
    return "120 batch requests a minute";
  calls.push_back(now);
  burst.push_back(now);
  ++running;
  if (batch) {
    batches.push_back(now);
    company_batches.push_back(now);
  }
  return std::nullopt;
}

void Throttle::ended(const std::string& realm, const std::string& client_id) {
  const std::scoped_lock lock(mutex_);
  if (auto& running = running_[{realm, client_id}]; running > 0) --running;
}

void Throttle::turn(bool on) {
  const std::scoped_lock lock(mutex_);
  on_ = on;
  calls_.clear();
  burst_.clear();
  batches_.clear();
  company_batches_.clear();
}

} // namespace emulator::gateway
