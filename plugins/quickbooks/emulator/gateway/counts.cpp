#include "gateway/counts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace emulator::gateway {

namespace {

nlohmann::json described_one(const Count& count) {
  return {{"calls", count.calls},         {"metered", count.metered},
          {"reads", count.reads},         {"writes", count.writes},
          {"batches", count.batches},     {"replays", count.replays},
          {"faults", count.faults},       {"unauthorized", count.unauthorized},
          {"throttled", count.throttled}, {"in_flight_max", count.in_flight_max}};
}

void add(Count& sum, const Count& one) {
  sum.calls += one.calls;
  sum.metered += one.metered;
  sum.reads += one.reads;
  sum.writes += one.writes;
  sum.batches += one.batches;
  sum.replays += one.replays;
  sum.faults += one.faults;
  sum.unauthorized += one.unauthorized;
  sum.throttled += one.throttled;
  sum.in_flight_max = std::max(sum.in_flight_max, one.in_flight_max);
}

} // namespace

void Counts::enter(const std::string& realm) {
  const std::scoped_lock lock(mutex_);
  auto& highest = by_realm_[realm].in_flight_max;
  highest = std::max(highest, ++in_flight_[realm]);
}

void Counts::leave(const std::string& realm) {
  const std::scoped_lock lock(mutex_);
  --in_flight_[realm];
}

void Counts::reset() {
  const std::scoped_lock lock(mutex_);
  by_realm_.clear();
}

nlohmann::json Counts::described() const {
  const std::scoped_lock lock(mutex_);
  nlohmann::json realms = nlohmann::json::object();
  Count all;
  for (const auto& [realm, count] : by_realm_) {
    realms[realm] = described_one(count);
    add(all, count);
  }
  return {{"companies", realms}, {"all", described_one(all)}};
}

} // namespace emulator::gateway
