#pragma once

#include <optional>
#include <string>
#include <string_view>
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
  // Goes out on a connection of its own. On a kept one that turns out to be dead the transport
  // sends the same bytes once more by itself, which a code or a refresh token may not survive.
  bool send_once = false;
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
    connect_refused, // or unreachable
    connect_timeout,
    tls,       // no trusted, encrypted connection; nothing was sent over it
    cut,       // the connection ended early, or the answer was damaged
    timeout,   // too long, or too slow, after the request
    too_large, // more than Bounds allow
    cancelled,
    other // refused by our own rules (Trust), or unforeseen
  };
  Kind kind = Kind::other;
  bool request_left = false;
  std::string words; // for people and the log; never a secret
};
const char* to_string(Failure::Kind kind);

// Bytes over TLS. A 404 is an answer, not a failure. Threads: one call at a time.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual tl::expected<Response, Failure> exchange(const Message& message) = 0;
};

} // namespace qb::http
