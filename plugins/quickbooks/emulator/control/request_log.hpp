#pragma once
#include "books/instant.hpp"
#include "server/exchange.hpp"

#include <cstdint>
#include <deque>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace emulator::control {

inline constexpr std::size_t requests_logged_max = 20'000;
inline constexpr std::size_t body_bytes_logged_max = 1u << 16;

// What arrived lately, so that a test can see what a client really sent. Tokens are left out.
// Any thread.
class RequestLog {
 public:
  void note(const server::Request& request, const server::Reply& reply,
            const std::string& intuit_tid, const std::string& accident, Instant at);
  // Those with a sequence number above `since`, oldest first. `path`: only those that contain it.
  nlohmann::json after(std::int64_t since, const std::string& path) const;
  void clear();

 private:
  struct Entry {
    std::int64_t sequence;
    Instant at;
    std::string method, path, query, request_id, body, intuit_tid, accident;
    std::size_t body_bytes;
    int status;
    bool replayed, answered;
  };
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
  std::int64_t last_ = 0;
};

} // namespace emulator::control
