#pragma once

#include "core/qbo/fault.hpp"

#include <optional>
#include <string>

namespace qb::verdict {

// What happened to one attempt, as far as it can be known.
enum class OutcomeKind {
  accepted,       // 2xx, parsed, with the object
  rejected,       // a definite fault: nothing was done
  stale,          // 5010
  throttled,      // 429, 3001
  unauthorised,   // 401 after a refresh was tried
  not_connected,  // no usable token: a person must reconnect
  server_trouble, // 5xx: outcome unknown
  unreachable,    // no byte of the request left: definitely not done
  lost,           // sent, and no whole answer came: outcome unknown
  unreadable      // an answer that is none (HTML, cut JSON, foreign object): outcome unknown
};

struct Outcome {
  OutcomeKind kind = OutcomeKind::lost;
  int http_status = 0; // 0: none came
  std::optional<qbo::Fault> fault;
  std::string intuit_tid;
  std::optional<int> retry_after_s;
  std::string words; // for the attempt's history: "connection reset after the request"
};

// What an answer that is not the wanted object means. `http_status`: of the whole answer; for one
// item of a batch, 200. For a 2xx without fault it is `unreadable`: accepted is what the caller
// could read.
OutcomeKind kind_of_refusal(int http_status, const std::optional<qbo::Fault>& fault);

// True if the request may have taken effect.
bool in_doubt(OutcomeKind kind);
const char* to_string(OutcomeKind kind);

} // namespace qb::verdict
