#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace qb::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Message {
  std::string method; // "GET", "POST"
  std::string url;    // complete, percent-encoded
  Headers headers;
  std::string body;
};

struct Response {
  int status = 0;
  Headers headers;
  std::string body;
  // The first header of that name, without regard to case; nullopt: none.
  std::optional<std::string> header(std::string_view name) const;
};

// Why there is no answer. `request_left`: bytes of the request may have reached the other side, so
// it may have acted.
struct Failure {
  enum class Kind {
    name_not_resolved,
    connect_refused,
    connect_timeout,
    tls,
    cut,
    timeout,
    too_large,
    cancelled,
    other
  };
  Kind kind = Kind::other;
  bool request_left = false;
  std::string words; // for people and the log; never a secret
};

// Bytes over TLS. A 404 is an answer, not a failure. Threads: one call at a time.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual tl::expected<Response, Failure> exchange(const Message& message) = 0;
};

} // namespace qb::http
