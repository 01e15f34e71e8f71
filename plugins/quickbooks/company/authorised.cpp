#include "company/authorised.hpp"

namespace qb::company {

namespace {

using verdict::OutcomeKind;

Reply without_access(const oauth::TokenSource::NoAccess& none) {
  Reply reply;
  const bool person = none.not_connected || none.reconnect_needed || none.configuration;
  reply.outcome.kind = person ? OutcomeKind::not_connected : OutcomeKind::unreachable;
  reply.outcome.words = none.words;
  return reply;
}

Reply of_another_company() {
  Reply reply;
  reply.outcome.kind = OutcomeKind::not_connected;
  reply.outcome.words = "The connection has meanwhile been moved to another company; nothing was "
                        "sent there.";
  return reply;
}

Reply withheld(std::int64_t duration_ms) {
  Reply reply;
  reply.outcome.kind = OutcomeKind::unreachable;
  reply.outcome.words = "not sent: it was closed meanwhile";
  reply.duration_ms = duration_ms;
  reply.withheld = true;
  return reply;
}

} // namespace

Reply Authorised::call(const qbo::Request& request, const std::string& request_id,
                       const Leaving& leaving) {
  const auto access = tokens_.access();
  if (!access) return without_access(access.error());
  if (access->realm != realm_) return of_another_company();
  if (!leaving()) return withheld(0);
  Reply first = wire_.call(request, request_id, *access);
  if (first.outcome.kind != OutcomeKind::unauthorised) return first;
  const auto renewed = tokens_.access_instead_of(access->token);
  if (!renewed) {
    Reply reply = without_access(renewed.error());
    reply.outcome.intuit_tid = first.outcome.intuit_tid;
    reply.duration_ms = first.duration_ms;
    return reply;
  }
  if (renewed->realm != realm_) return of_another_company();
  if (!leaving()) return withheld(first.duration_ms);
  Reply second = wire_.call(request, request_id, *renewed);
  second.duration_ms += first.duration_ms;
  return second;
}

} // namespace qb::company
