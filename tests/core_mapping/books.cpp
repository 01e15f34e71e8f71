#include "books.hpp"

#include "core/mapping/plan.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

using qb::mapping::Match;
using qb::mapping::normalised;
using qb::qbo::Entity;
using qb::qbo::Known;
using qb::qbo::Value;

namespace {

std::size_t edits_between(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::string without_deleted(const std::string& name) {
  const std::string suffix = " (deleted)";
  return name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
}

} // namespace

Books::Books(Value books) : books_(std::move(books)) {
  if (!books_.members() || books_.text_of("home_currency").empty())
    throw std::invalid_argument("books without home currency");
}

std::vector<Known> Books::all(Entity entity) const {
  std::vector<Known> out;
  const Value* rows = books_.find(qb::qbo::json_name(entity));
  if (rows && rows->items())
    for (const Value& row : *rows->items()) {
      auto known = qb::qbo::known_from(entity, row);
      if (!known) throw std::invalid_argument("an entity without Id");
      known->name = without_deleted(known->name);
      known->full_name = without_deleted(known->full_name);
      out.push_back(*known);
    }
  return out;
}

// The first test that active ones pass decides; else one that an inactive one passes.
Match Books::first_of(Entity entity, const std::vector<Test>& steps) const {
  const auto known = all(entity);
  Match match;
  for (const Test& test : steps) {
    std::vector<const Known*> hits;
    for (const Known& one : known) {
      if (!test(one)) continue;
      if (one.active) {
        hits.push_back(&one);
      } else if (match.result == Match::Result::missing) {
        match.result = Match::Result::inactive;
        match.known = one;
      }
    }
    if (hits.empty()) continue;
    match = {};
    match.result = hits.size() == 1 ? Match::Result::found : Match::Result::ambiguous;
    match.known = *hits.front();
    if (hits.size() > 1)
      for (const Known* hit : hits)
        match.candidates.push_back(hit->full_name);
    return match;
  }
  return match;
}

Match Books::named(Entity entity, std::string_view as_typed) const {
  const std::string typed(as_typed), wanted = normalised(as_typed);
  Match match = first_of(
      entity,
      {[&](const Known& k) { return !k.account_number.empty() && k.account_number == wanted; },
       [&](const Known& k) { return k.name == typed; },
       [&](const Known& k) { return k.full_name == typed; },
       [&](const Known& k) { return normalised(k.name) == wanted; },
       [&](const Known& k) { return normalised(k.full_name) == wanted; }});
  if (match.result == Match::Result::missing)
    for (const Known& known : all(entity))
      if (known.active && edits_between(normalised(known.name), wanted) <= 2)
        match.candidates.push_back(known.full_name);
  return match;
}

Match Books::account(std::string_view as_typed) const {
  return named(Entity::account, as_typed);
}

Match Books::klass(std::string_view as_typed) const {
  return named(Entity::klass, as_typed);
}

std::optional<Match> Books::linked(const std::string& subject, Entity entity,
                                   const std::string& host_name) const {
  const auto link = written(subject);
  if (!link || link->host_name != host_name) return std::nullopt;
  for (const Known& known : all(entity))
    if (known.id == link->entity_id)
      return Match{known.active ? Match::Result::found : Match::Result::inactive, known, {}};
  return std::nullopt;
}

Match Books::vendor(const erp::Supplier& supplier) const {
  const std::string name = qb::mapping::vendor_name(supplier);
  if (auto match = linked("supplier/" + supplier.id, Entity::vendor, name)) return *match;
  return named(Entity::vendor, name);
}

Match Books::item(const erp::Part& part) const {
  const std::string name = qb::mapping::item_name(part);
  if (auto match = linked("part/" + part.id, Entity::item, name)) return *match;
  const std::string shown = normalised(qb::mapping::quickbooks_item_name(part));
  return first_of(Entity::item,
                  {[&](const Known& k) { return normalised(k.name) == shown; },
                   [&](const Known& k) { return qb::mapping::name_contains_part(k.name, part); }});
}

std::vector<Known> Books::numbered(Entity entity, std::string_view number) const {
  std::vector<Known> out;
  for (const Known& known : all(entity))
    if (known.name == number) out.push_back(known);
  return out;
}

std::vector<qb::mapping::WrittenBill> Books::bills_of(std::string_view order_subject) const {
  std::vector<qb::mapping::WrittenBill> bills;
  const Value* links = books_.find("written");
  if (!links || !links->members()) return bills;
  for (const auto& [subject, link] : *links->members()) {
    if (link.text_of("order") != order_subject) continue;
    const Value* billing = link.find("billing");
    bills.push_back({subject, *written(subject), billing ? qb::qbo::write(*billing) : ""});
  }
  return bills;
}

std::optional<erp::Date> Books::books_closed_until() const {
  return erp::parse_date(books_.text_of("books_closed_until"));
}

bool Books::next_open_day_chosen(std::string_view subject) const {
  const Value* chosen = books_.find("next_open_day_chosen");
  return chosen && chosen->items() &&
         std::any_of(chosen->items()->begin(), chosen->items()->end(),
                     [&](const Value& one) { return one.text() && *one.text() == subject; });
}

std::optional<qb::mapping::Written> Books::written(std::string_view subject) const {
  const Value* link = books_.find("written", subject);
  if (!link) return std::nullopt;
  qb::mapping::Written written;
  written.entity_id = link->text_of("Id");
  written.host_name = link->text_of("host_name");
  if (const Value* lines = link->find("lines")) written.line_ids_json = qb::qbo::write(*lines);
  const auto says = [&](const char* member) {
    const Value* value = link->find(member);
    return value && value->boolean() && *value->boolean();
  };
  if (const auto version = link->decimal_of("version")) written.version = version->coefficient();
  if (says("sent_before")) {
    written.fingerprint = "of what was sent";
    written.version = std::max<std::int64_t>(written.version, 0);
  }
  for (const Entity entity : {Entity::purchase_order, Entity::bill, Entity::item, Entity::vendor}) {
    const Value* rows = books_.find(qb::qbo::json_name(entity));
    if (!rows || !rows->items()) continue;
    for (const Value& row : *rows->items()) {
      if (row.text_of("Id") != written.entity_id) continue;
      written.sync_token = row.text_of("SyncToken");
      if (says("read")) written.answer = qb::qbo::write(row);
      written.just_read = says("read");
    }
  }
  return written;
}

std::string Books::home_currency() const {
  return books_.text_of("home_currency");
}

bool Books::multicurrency() const {
  const Value* value = books_.find("multicurrency");
  return value && value->boolean() && *value->boolean();
}

bool Books::takes_sparse_updates() const {
  const Value* value = books_.find("takes_sparse_updates");
  return !value || !value->boolean() || *value->boolean();
}

qb::mapping::ClassTracking Books::class_tracking() const {
  const std::string where = books_.text_of("class_tracking");
  if (where == "transaction") return qb::mapping::ClassTracking::per_transaction;
  return where == "off" ? qb::mapping::ClassTracking::off : qb::mapping::ClassTracking::per_line;
}

bool Books::taxes_purchases() const {
  const std::string country = books_.text_of("country");
  return !country.empty() && country != "US";
}

Match Books::tax_code(std::string_view as_typed) const {
  if (taxes_purchases()) return named(Entity::tax_code, as_typed);
  Match match;
  if (as_typed != "TAX" && as_typed != "NON") return match;
  match.result = Match::Result::found;
  match.known.id = as_typed;
  match.known.kind = "purchase";
  return match;
}
