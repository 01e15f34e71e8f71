#pragma once

#include "http/transport.hpp"
#include "http/url.hpp"

#include <atomic>
#include <memory>

namespace qb::http {

// Bounds of one call.
struct Bounds {
  long connect_timeout_ms = 10'000;
  long total_timeout_ms = 125'000;                // a little over Intuit's own 120 s
  long low_speed_bytes_per_s = 100;               // slower than that
  long low_speed_s = 30;                          // for so long: the call is given up
  std::size_t body_max_bytes = 32u * 1024 * 1024; // after decompression
  std::size_t header_max_bytes = 64u * 1024;      // all of an answer's headers together
};

struct CurlCall;

// TLS 1.2+, peer and host verified, https only, no redirects, proxy, CA and key-log variables of
// the environment ignored, keep-alive, gzip. `cancelled` is looked at during the call (stop()): it
// ends within a tenth of a second. Threads: one call at a time; nothing is left running between
// calls.
class CurlTransport final : public Transport {
 public:
  CurlTransport(Trust trust, Bounds bounds, const std::atomic<bool>& cancelled);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;
  tl::expected<Response, Failure> exchange(const Message& message) override;

 private:
  struct Handle;
  tl::expected<Response, Failure> answer_to(const Message& message, CurlCall& call);
  Trust trust_;
  Bounds bounds_;
  const std::atomic<bool>& cancelled_;
  std::unique_ptr<Handle> handle_;
};

} // namespace qb::http
