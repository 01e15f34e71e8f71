#include "state/clock.hpp"

#include "state/durable_file.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace emulator::state {

namespace {
Instant machine_time() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}
} // namespace

Clock::Clock(std::filesystem::path file, Kind kind)
    : file_(std::move(file)), kind_(kind), standing_(machine_time()) {
  if (const auto text = file_text(file_)) {
    const auto stored = nlohmann::json::parse(*text);
    standing_ = Instant(std::chrono::microseconds(stored.at("standing_us").get<std::int64_t>()));
    added_ = std::chrono::microseconds(stored.at("added_us").get<std::int64_t>());
  }
  store();
}

Instant Clock::now() const {
  const std::scoped_lock lock(mutex_);
  return kind_ == Kind::standing ? standing_ : machine_time() + added_;
}

void Clock::advance(std::chrono::microseconds by) {
  if (by.count() < 0) throw std::invalid_argument("the clock runs forwards only");
  const std::scoped_lock lock(mutex_);
  (kind_ == Kind::standing) ? (standing_ += by, void()) : (added_ += by, void());
  store();
}

void Clock::store() const {
  replace_file(file_, nlohmann::json{{"standing_us", standing_.time_since_epoch().count()},
                                     {"added_us", added_.count()}}
                          .dump());
}

} // namespace emulator::state
