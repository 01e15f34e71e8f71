#pragma once
#include "server/exchange.hpp"

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <random>
#include <string>
#include <tl/expected.hpp>

namespace emulator::mischief {

// What happens to a request. "Before" actions keep it from the books; the others let it commit.
enum class Action {
  status,           // before: an answer of the test's choice instead
  fault,            // before: a service fault with code, message and detail
  throttle,         // before: 429 as Intuit's gateway says it
  unauthorized,     // before: 401 as for an expired token
  html,             // before: 200 with a page, as a captive portal gives
  cut,              // before: the connection ends without an answer, nothing was done
  delay,            // before: waits, then goes on
  late,             // commits, then waits before the answer
  lost_answer,      // commits, then the connection ends without an answer
  truncate,         // commits, then only so many bytes of the body leave
  drip,             // commits, then the answer leaves in small pieces
  patch,            // commits, then the answer is changed by a JSON Patch (RFC 6902)
  refuse_handshake, // before any request: the TCP connection ends in the TLS handshake
};

struct Rule {
  std::int64_t id = 0;
  // Which requests; empty means any.
  std::string method, path, query, body_contains;
  // Which of the matching ones: from the nth on, with this chance, and so often at most.
  std::int64_t nth = 1, times = 1;
  double probability = 1;
  std::mt19937_64 dice{1};
  // What then.
  Action action = Action::cut;
  int status = 503;
  std::string content_type, body, code, message, detail;
  std::chrono::milliseconds time{0};
  bool hold = false; // in addition to `time`: as long as the rule is there
  std::size_t bytes = 0;
  bool reset = false;
  std::string patch; // JSON text

  std::int64_t matched = 0, fired = 0;

  bool matches(const server::Request& request) const;
  // Counts one match and says whether it fires.
  bool draws();
  bool spent() const { return times > 0 && fired >= times; }
};

// Reads a rule as POST /_emulator/faults takes it; the error says what is wrong.
tl::expected<Rule, std::string> rule_from(const nlohmann::json& given);
nlohmann::json described(const Rule& rule);

} // namespace emulator::mischief
