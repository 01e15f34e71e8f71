#pragma once

#include "http/curl_transport.hpp"

#include <chrono>

// A transport that trusts this computer and one authority, and how long its calls take.
struct Caller {
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport;

  explicit Caller(const std::string& ca_file, qb::http::Bounds bounds = {})
      : transport({true, ca_file}, bounds, cancelled) {}

  tl::expected<qb::http::Response, qb::http::Failure> get(const std::string& url) {
    return transport.exchange({"GET", url, {}, ""});
  }
  tl::expected<qb::http::Response, qb::http::Failure>
  post(const std::string& url, const std::string& body, bool send_once = false) {
    return transport.exchange(
        {"POST", url, {{"Content-Type", "application/json"}}, body, send_once});
  }
};

inline std::int64_t ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start)
      .count();
}
