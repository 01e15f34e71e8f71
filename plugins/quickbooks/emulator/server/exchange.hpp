#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

// What goes in and out of every door of the emulator, free of any HTTP library.
namespace emulator::server {

struct IgnoreCase {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};
using Headers = std::multimap<std::string, std::string, IgnoreCase>;
using Query = std::multimap<std::string, std::string>;

struct Request {
  std::string method;
  std::string path; // percent-decoded, without the query
  Query query;
  Headers headers;
  std::string body;

  // First value, or empty.
  std::string header(std::string_view name) const;
  std::string parameter(const std::string& name) const;
};

// How the bytes of an answer leave. Everything but `whole` is an accident that a test asked for.
struct Ending {
  enum class Kind { whole, no_answer, truncated, dripped };
  Kind kind = Kind::whole;
  bool reset = false;                 // end with RST instead of FIN; TLS close_notify is never sent
  std::size_t body_bytes = 0;         // truncated: so many bytes of the body still leave
  std::size_t chunk_bytes = 1024;     // dripped: so many at a time ...
  std::chrono::milliseconds pause{0}; // ... with this pause between them
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json;charset=UTF-8";
  std::string body;
  Headers headers;
  Ending ending;
};

using Door = std::function<Reply(const Request&)>;

} // namespace emulator::server
