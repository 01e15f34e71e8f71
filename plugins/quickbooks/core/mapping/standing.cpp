#include "core/mapping/standing.hpp"

namespace qb::mapping {
namespace {

// QuickBooks' own, or not to be sent back.
constexpr const char* members_left_out[] = {"MetaData",           "domain",          "sparse",
                                            "FullyQualifiedName", "Level",           "QtyOnHand",
                                            "QtyOnPurchaseOrder", "QtyOnSalesOrder", "InvStartDate",
                                            "TaxIdentifier",      "Balance"};

} // namespace

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

qbo::Value carried_over_whole(const Written& written, const qbo::Value& standing) {
  qbo::Value update = standing;
  for (const char* member : members_left_out)
    update.erase(member);
  update.set("Id", written.entity_id);
  update.set("SyncToken", written.sync_token);
  return update;
}

qbo::Value laid_over(qbo::Value standing, const qbo::Value& ours) {
  for (const auto& [member, value] : *ours.members())
    standing.set(member, value);
  return standing;
}

std::optional<qbo::Value> whole_update(const Written& written, const qbo::Value& ours) {
  const auto standing = standing_of(written);
  if (!standing || !written.just_read) return std::nullopt;
  return laid_over(carried_over_whole(written, *standing), ours);
}

} // namespace qb::mapping
