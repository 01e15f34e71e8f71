#include "company/paced.hpp"

#include "core/verdict/verdict.hpp"

#include <algorithm>

namespace qb::company {

namespace {

constexpr erp::Instant second_us = 1'000'000;

} // namespace

Reply Paced::call(const qbo::Request& request, const std::string& request_id,
                  const Leaving& leaving) {
  const erp::Instant now = now_();
  erp::Instant turn = pacer_.earliest(now, request.is_batch());
  bool in_time = turn <= now || wait_(turn);
  // Somebody else may have called meanwhile: then ours comes later still.
  for (erp::Instant later = 0;
       in_time && (later = pacer_.earliest(std::max(now_(), turn), request.is_batch())) >
                      std::max(now_(), turn);) {
    turn = later;
    in_time = wait_(turn);
  }
  if (!in_time) {
    Reply reply;
    reply.outcome.kind = verdict::OutcomeKind::throttled;
    reply.outcome.retry_after_s = static_cast<int>((turn - now + second_us - 1) / second_us);
    reply.outcome.words = "not sent: its turn comes later than there is time";
    return reply;
  }
  pacer_.started(std::max(now_(), turn), request.is_batch());
  Reply reply = next_->call(request, request_id, leaving);
  if (reply.outcome.kind == verdict::OutcomeKind::throttled) {
    const int wait_s = std::max(verdict::throttle_wait_s, reply.outcome.retry_after_s.value_or(0));
    pacer_.hold(now_(), wait_s * second_us);
  }
  return reply;
}

} // namespace qb::company
