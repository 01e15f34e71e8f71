#include "core/verdict/outcome.hpp"

namespace qb::verdict {

OutcomeKind kind_of_refusal(int http_status, const std::optional<qbo::Fault>& fault) {
  const qbo::FaultError* const error = fault ? fault->first() : nullptr;
  const std::string code = error == nullptr ? std::string() : error->code;
  if (http_status == 429 || code == "3001") // 3001 came with 403 until 2016, and within batches
    return OutcomeKind::throttled;
  if (http_status >= 500) return OutcomeKind::server_trouble;
  if (http_status == 401) return OutcomeKind::unauthorised;
  if (!fault) return OutcomeKind::unreadable;
  return code == "5010" ? OutcomeKind::stale : OutcomeKind::rejected;
}

bool in_doubt(OutcomeKind kind) {
  return kind == OutcomeKind::server_trouble || kind == OutcomeKind::lost ||
         kind == OutcomeKind::unreadable;
}

const char* to_string(OutcomeKind kind) {
  switch (kind) {
  case OutcomeKind::accepted:
    return "accepted";
  case OutcomeKind::rejected:
    return "rejected";
  case OutcomeKind::stale:
    return "stale";
  case OutcomeKind::throttled:
    return "throttled";
  case OutcomeKind::unauthorised:
    return "unauthorised";
  case OutcomeKind::not_connected:
    return "not_connected";
  case OutcomeKind::server_trouble:
    return "server_trouble";
  case OutcomeKind::unreachable:
    return "unreachable";
  case OutcomeKind::lost:
    return "lost";
  case OutcomeKind::unreadable:
    return "unreadable";
  }
  return "unknown";
}

} // namespace qb::verdict
