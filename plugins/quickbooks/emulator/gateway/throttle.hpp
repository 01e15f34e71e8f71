#pragma once
#include "books/instant.hpp"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace emulator::gateway {

// Intuit's published limits (limits-and-throttles page; the 120 batches from the release note of
// 2025-08-13). Whether windows slide is not published: ours do, which is the stricter reading.
inline constexpr std::size_t calls_per_minute_max = 500;  // a company
inline constexpr std::size_t calls_per_second_max = 10;   // a company and app; of 2016: at once
inline constexpr std::size_t batches_per_minute_max = 40; // a company and app
inline constexpr std::size_t company_batches_per_minute_max = 120; // a company

// A call that is refused does not use up the limits (assumed). Windows begin empty at every start.
// Any thread.
class Throttle {
 public:
  explicit Throttle(bool on) : on_(on) {}

  // Which limit was hit, in words, or nothing: then the call is counted.
  std::optional<std::string> refusal(const std::string& realm, const std::string& client_id,
                                     bool batch, Instant now);
  // A call that was let in has ended.
  void ended(const std::string& realm, const std::string& client_id);
  // The limit of ten counts the calls that run at once, and not those of a second.
  void count_at_once() { at_once_ = true; }
  void turn(bool on);
  bool on() const { return on_; }

 private:
  using Window = std::deque<Instant>;
  using RealmAndApp = std::pair<std::string, std::string>;

  std::atomic<bool> on_;
  std::atomic<bool> at_once_{false};
  std::mutex mutex_;
  std::map<std::string, Window> calls_, company_batches_;
  std::map<RealmAndApp, Window> burst_, batches_;
  std::map<RealmAndApp, std::size_t> running_;
};

} // namespace emulator::gateway
