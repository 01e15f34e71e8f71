#include "core/verdict/verdict.hpp"

#include "core/verdict/codes.hpp"
#include "core/verdict/refusal_words.hpp"

#include <algorithm>

namespace qb::verdict {
namespace {

// What judge() was asked, so that the steps of the ladder need not repeat it.
struct Case {
  const Outcome& outcome;
  const std::string& subject;
  int attempts;
  erp::Instant now;
  int jitter_permille;

  erp::Instant in_ms(std::int64_t ms) const { return now + ms * 1000; }
  erp::Instant after_backoff() const { return in_ms(backoff_ms(attempts, jitter_permille)); }
};

// The same bytes again. After many tries a person is told, and it still goes on: only QuickBooks
// knows whether it is done.
Wait wait(const Case& c, bool whole_company) {
  Wait verdict{c.after_backoff(), true, whole_company};
  if (c.attempts >= server_trouble_attempts_max)
    verdict.told = no_answer_words(c.outcome, c.subject, c.attempts);
  return verdict;
}

// Some milliseconds on top keep several programs on one company from coming back in step.
Wait wait_throttled(const Case& c) {
  const int asked_s = std::min(c.outcome.retry_after_s.value_or(0), throttle_wait_s_max);
  const std::int64_t wait_ms = std::int64_t{std::max(throttle_wait_s, asked_s)} * 1000;
  return Wait{c.in_ms(wait_ms + std::clamp(c.jitter_permille, 0, 999)), false, true};
}

// Nothing left this machine, so it costs no attempt.
Wait wait_unreachable(const Case& c) {
  Wait verdict{c.after_backoff(), false, true};
  if (c.attempts >= unreachable_rounds_max) verdict.told = unreachable_words(c.outcome);
  return verdict;
}

Verdict block(const Case& c, Sentence sentence) {
  return Block{refusal_words(sentence, c.outcome, c.subject)};
}

Verdict reseal(const Case& c) {
  if (c.attempts >= reseal_attempts_max) return block(c, Sentence::keeps_changing);
  return Reseal{};
}

// A definite no, by its code.
Verdict judge_refusal(const Case& c) {
  const qbo::FaultError* const error = c.outcome.fault ? c.outcome.fault->first() : nullptr;
  const CodeRule rule =
      rule_for(error == nullptr ? qbo::FaultError{} : *error, c.outcome.http_status);
  switch (rule.reaction) {
  case Reaction::wait:
    return wait(c, false);
  case Reaction::wait_company:
    return wait(c, true);
  case Reaction::throttle:
    return wait_throttled(c);
  case Reaction::wait_once:
    return c.attempts == 0 ? Verdict(wait(c, false)) : block(c, rule.sentence);
  case Reaction::adopt:
    return Adopt{};
  case Reaction::reseal:
    return reseal(c);
  case Reaction::reconnect:
    return Reconnect{};
  case Reaction::block:
    break;
  }
  return block(c, rule.sentence);
}

// 401 stayed after a refresh. Some faults that come with it say more than "connect again".
Verdict judge_unauthorised(const Case& c) {
  const qbo::FaultError* const error = c.outcome.fault ? c.outcome.fault->first() : nullptr;
  if (error != nullptr && (error->code == "120" || error->code == "3100")) return judge_refusal(c);
  return Reconnect{};
}

// Intuit's own trouble with the whole company (150 maintenance, 130 routing) rests it.
bool company_is_in_trouble(const Outcome& outcome) {
  const qbo::FaultError* const error = outcome.fault ? outcome.fault->first() : nullptr;
  return error != nullptr && (error->code == "130" || error->code == "150");
}

} // namespace

Verdict judge(const Outcome& outcome, const std::string& subject, int attempts, erp::Instant now,
              int jitter_permille) {
  const Case c{outcome, subject, attempts, now, jitter_permille};
  switch (outcome.kind) {
  case OutcomeKind::accepted:
    return Settle{};
  case OutcomeKind::rejected:
    return judge_refusal(c);
  case OutcomeKind::stale:
    return reseal(c);
  case OutcomeKind::throttled:
    return wait_throttled(c);
  case OutcomeKind::unauthorised:
    return judge_unauthorised(c);
  case OutcomeKind::not_connected:
    return Reconnect{};
  case OutcomeKind::unreachable:
    return wait_unreachable(c);
  case OutcomeKind::server_trouble:
  case OutcomeKind::lost:
  case OutcomeKind::unreadable:
    break;
  }
  return wait(c, company_is_in_trouble(outcome));
}

} // namespace qb::verdict
