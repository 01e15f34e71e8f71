#include "delivery/stored_references.hpp"

#include "core/mapping/plan.hpp"

namespace qb::delivery {

using mapping::Match;

Match StoredReferences::account(std::string_view as_typed) const {
  return directory_.account(as_typed);
}

Match StoredReferences::klass(std::string_view as_typed) const {
  return directory_.klass(as_typed);
}

// nullopt: no link under that name, or what it points to is gone from QuickBooks.
std::optional<Match> StoredReferences::linked(const std::string& subject, qbo::Entity entity,
                                              const std::string& host_name) const {
  const auto link = links_.find(subject);
  if (!link || link->host_name != host_name) return std::nullopt;
  const auto known = directory_.by_id(entity, link->entity_id);
  if (!known) return std::nullopt;
  Match match;
  match.result = known->active ? Match::Result::found : Match::Result::inactive;
  match.known = *known;
  return match;
}

Match StoredReferences::vendor(const erp::Supplier& supplier) const {
  const std::string name = mapping::vendor_name(supplier); // as the link keeps it
  if (auto match = linked("supplier/" + supplier.id, qbo::Entity::vendor, name)) return *match;
  return directory_.vendor_named(name);
}

Match StoredReferences::item(const erp::Part& part) const {
  if (auto match = linked("part/" + part.id, qbo::Entity::item, mapping::item_name(part)))
    return *match;
  return directory_.item_for(part);
}

std::vector<qbo::Known>
StoredReferences::purchase_orders_numbered(std::string_view doc_number) const {
  return directory_.purchase_orders_numbered(doc_number);
}

std::optional<mapping::Written> StoredReferences::written(std::string_view subject) const {
  const auto link = links_.find(std::string(subject));
  if (!link) return std::nullopt;
  mapping::Written written;
  written.entity_id = link->entity_id;
  written.sync_token = link->sync_token;
  written.fingerprint = link->fingerprint;
  written.answer = link->answer;
  written.host_name = link->host_name;
  written.line_ids_json = link->line_ids_json;
  written.version = link->version;
  return written;
}

std::string StoredReferences::home_currency() const {
  return directory_.fact("home_currency").value_or("USD");
}

bool StoredReferences::multicurrency() const {
  return directory_.fact("multicurrency").value_or("false") == "true";
}

mapping::ClassTracking StoredReferences::class_tracking() const {
  const std::string where = directory_.fact(directory::class_tracking_fact).value_or("");
  if (where == "transaction") return mapping::ClassTracking::per_transaction;
  return where == "off" ? mapping::ClassTracking::off : mapping::ClassTracking::per_line;
}

bool StoredReferences::taxes_purchases() const {
  return directory_.taxes_purchases();
}

Match StoredReferences::tax_code(std::string_view as_typed) const {
  return directory_.tax_code(as_typed);
}

} // namespace qb::delivery
