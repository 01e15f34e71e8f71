#include "core/verdict/outcome.hpp"

#include <array>
#include <cstddef>

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
  constexpr std::array names = {"accepted",     "rejected",      "stale",          "throttled",
                                "unauthorised", "not_connected", "server_trouble", "unreachable",
                                "lost",         "unreadable"};
  static_assert(names.size() == static_cast<std::size_t>(OutcomeKind::unreadable) + 1);
  return names[static_cast<std::size_t>(kind)];
}

} // namespace qb::verdict
