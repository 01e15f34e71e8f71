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
  if (link->entity_id.empty()) return Match(); // a person chose that a new one be made
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

std::vector<qbo::Known> StoredReferences::numbered(qbo::Entity entity,
                                                   std::string_view doc_number) const {
  return directory_.numbered(entity, doc_number);
}

mapping::Written StoredReferences::written_of(const links::Link& link) const {
  mapping::Written written;
  written.entity_id = link.entity_id;
  written.sync_token = link.sync_token;
  written.fingerprint = link.fingerprint;
  written.answer = link.answer;
  written.host_name = link.host_name;
  written.line_ids_json = link.line_ids_json;
  written.version = link.version;
  written.just_read = just_read_.contains(link.subject);
  return written;
}

std::optional<mapping::Written> StoredReferences::written(std::string_view subject) const {
  const auto link = links_.find(std::string(subject));
  if (!link) return std::nullopt;
  return written_of(*link);
}

std::vector<mapping::WrittenBill> StoredReferences::bills_of(std::string_view order_subject) const {
  std::vector<mapping::WrittenBill> bills;
  for (const links::Link& link : links_.of_order(std::string(order_subject)))
    bills.push_back({link.subject, written_of(link), link.billing_json});
  return bills;
}

std::optional<erp::Date> StoredReferences::books_closed_until() const {
  return erp::parse_date(directory_.fact(books_closed_fact).value_or(""));
}

bool StoredReferences::next_open_day_chosen(std::string_view subject) const {
  return directory_.fact(next_open_day_prefix + std::string(subject)).has_value();
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

bool StoredReferences::takes_sparse_updates() const {
  return !directory_.fact(sparse_refused_fact);
}

bool StoredReferences::taxes_purchases() const {
  return directory_.taxes_purchases();
}

Match StoredReferences::tax_code(std::string_view as_typed) const {
  return directory_.tax_code(as_typed);
}

} // namespace qb::delivery
