#include "core/mapping/standing.hpp"

namespace qb::mapping {

std::optional<qbo::Value> standing_of(const Written& written) {
  auto answer = qbo::read(written.answer);
  if (!answer || !answer->members()) return std::nullopt;
  return std::move(*answer);
}

qbo::Value carried_over(const Written& written, const qbo::Value& standing,
                        std::span<const char* const> members) {
  qbo::Value update = qbo::Value::object();
  update.set("Id", written.entity_id);
  update.set("SyncToken", written.sync_token);
  for (const char* member : members)
    if (const qbo::Value* old = standing.find(member)) update.set(member, *old);
  return update;
}

} // namespace qb::mapping
