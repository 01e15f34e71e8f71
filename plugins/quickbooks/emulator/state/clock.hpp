#pragma once
#include "books/instant.hpp"

#include <chrono>
#include <filesystem>
#include <mutex>

namespace emulator::state {

// The one source of time. Real: the machine's clock plus what control calls added. Virtual: stands
// still until it is advanced. Both survive a restart. Any thread.
class Clock {
 public:
  enum class Kind { real, standing };
  Clock(std::filesystem::path file, Kind kind);

  Instant now() const;
  Kind kind() const { return kind_; }
  // Forwards only; negative durations throw std::invalid_argument.
  void advance(std::chrono::microseconds by);

 private:
  void store() const;

  std::filesystem::path file_;
  Kind kind_;
  mutable std::mutex mutex_;
  Instant standing_;
  std::chrono::microseconds added_{0};
};

} // namespace emulator::state
