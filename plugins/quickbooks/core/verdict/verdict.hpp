#pragma once

#include "core/verdict/outcome.hpp"
#include "core/verdict/words.hpp"
#include "erp/sdk/document.hpp"

#include <cstdint>
#include <optional>
#include <variant>

namespace qb::verdict {

struct Settle {}; // done: store the answer
struct Wait {     // try the same sealed bytes again
  erp::Instant until = 0;
  bool counts = true;         // as an attempt: an unreachable network does not
  bool whole_company = false; // nothing else may be sent before either
  // Raise this too, so that a person knows; sending goes on. Company-wide, curable.
  std::optional<IssueWords> told = std::nullopt;
};
struct Reseal {};    // 5010: read the object once, map again, new request id
struct Adopt {};     // 6140, 6240, 600: something like it exists; look it up, adopt if it is ours
struct Reconnect {}; // a person must connect again; the whole company waits
struct Block {       // a person must act on this document
  IssueWords issue;
};
using Verdict = std::variant<Settle, Wait, Reseal, Adopt, Reconnect, Block>;

// Waits and bounds, in one place.
constexpr int throttle_wait_s = 60;       // Intuit: wait 60 seconds after a 429 (confirmed)
constexpr int throttle_wait_s_max = 3600; // a Retry-After beyond it is not believed
constexpr int backoff_first_s = 2;
constexpr int backoff_max_s = 300;
constexpr int reseal_attempts_max = 3;
constexpr int server_trouble_attempts_max = 24; // then a person is told, and it still goes on
constexpr int unreachable_rounds_max = 8;       // eight minutes of pauses; the same

// `attempts`: how many counted attempts came before; of an unreachable network, how many
// unreachable ones in a row. `jitter_permille`: 0..999, the caller's dice. Pure.
Verdict judge(const Outcome& outcome, const std::string& subject, int attempts, erp::Instant now,
              int jitter_permille);

// What a person is told when the verdict is Reconnect; one cause for the company.
IssueWords reconnect_words(const Outcome& outcome);

// What a person is told when no call has got through for a long time; one cause for the company.
constexpr const char* unreachable_cause = "company/unreachable";
IssueWords unreachable_words(const Outcome& outcome);

// What a person is told when Intuit refuses the app itself: its client id with its secret. The
// connection stays whole; one cause for the company.
IssueWords keys_refused_words(const std::string& said);

// min(first * 2^attempts, max) with up to a quarter of jitter taken off.
std::int64_t backoff_ms(int attempts, int jitter_permille);

} // namespace qb::verdict
