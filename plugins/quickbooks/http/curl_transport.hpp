#pragma once

#include "http/transport.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace qb::http {

// Whom we talk to (decision 19).
struct Trust {
  // False: only https hosts under intuit.com. True (environment=emulator): only loopback hosts over
  // https, and ca_file may name their authority.
  bool loopback_only = false;
  std::string ca_file;
};

// Bounds of one call.
struct Bounds {
  long connect_timeout_ms = 10'000;
  long total_timeout_ms = 125'000;                // a little over Intuit's own 120 s
  long low_speed_bytes_per_s = 100;               // slower than that
  long low_speed_s = 30;                          // for so long: the call is given up
  std::size_t body_max_bytes = 32u * 1024 * 1024; // after decompression
  std::size_t header_max_bytes = 64u * 1024;
};

// TLS 1.2+, peer and host verified, https only, no redirects, proxy and CA variables of the
// environment ignored, keep-alive, gzip. `cancelled` is looked at during the call (stop()).
class CurlTransport final : public Transport {
 public:
  CurlTransport(Trust trust, Bounds bounds, const std::atomic<bool>& cancelled);
  ~CurlTransport() override;
  tl::expected<Response, Failure> exchange(const Message& message) override;

 private:
  struct Handle;
  Trust trust_;
  Bounds bounds_;
  const std::atomic<bool>& cancelled_;
  std::unique_ptr<Handle> handle_;
};

// Is this a host we may talk to under `trust`? Pure; the reason if not.
std::optional<std::string> refusal_of(const std::string& url, const Trust& trust);
// url + ?a=b&c=d, percent-encoded by libcurl's URL API.
std::string with_query(const std::string& url,
                       const std::vector<std::pair<std::string, std::string>>& query);
std::string form_encoded(const std::vector<std::pair<std::string, std::string>>& fields);
// The parameters of a query string, decoded. Hostile input: malformed escapes stay as they are.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

} // namespace qb::http
