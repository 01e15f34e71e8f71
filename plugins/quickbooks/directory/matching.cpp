#include "core/closeness/closeness.hpp"
#include "core/mapping/plan.hpp"
#include "directory/directory.hpp"
#include "directory/names.hpp"
#include "store/database.hpp"

#include <functional>
#include <map>

namespace qb::directory {
namespace {

using mapping::Match;
using mapping::normalised;
using qbo::Known;

using Test = std::function<bool(const Known&)>;

std::string_view plain_name(const Known& known) {
  return without_deleted(known.name);
}
std::string_view plain_full_name(const Known& known) {
  return without_deleted(known.full_name);
}

// Of several hits a person decides between what is shown here. A leading colon says "at the top":
// "Supplies" could also be the leaf of "Office:Supplies".
std::string shown(const Known& known, bool has_parents) {
  const bool at_the_top = known.full_name.find(':') == std::string::npos;
  return has_parents && at_the_top ? ":" + known.full_name : known.full_name;
}

// Goes through what was found step by step: the first test that active records pass decides.
// Inactive ones are remembered in case none does.
class Choice {
 public:
  explicit Choice(std::vector<Known> found, bool has_parents = false)
      : found_(std::move(found)), has_parents_(has_parents) {}

  // True: it is decided.
  bool by(const Test& test) {
    std::vector<const Known*> hits;
    for (const Known& known : found_) {
      if (!test(known)) continue;
      if (known.active)
        hits.push_back(&known);
      else if (match_.result == Match::Result::missing)
        take(known, Match::Result::inactive);
    }
    if (hits.empty()) return false;
    if (hits.size() == 1) {
      take(*hits.front(), Match::Result::found);
      return true;
    }
    match_ = {};
    match_.result = Match::Result::ambiguous;
    for (const Known* hit : hits)
      match_.candidates.push_back(shown(*hit, has_parents_));
    return true;
  }

  bool knows_none() const { return match_.result == Match::Result::missing; }
  Match take_match() { return std::move(match_); }

 private:
  void take(const Known& known, Match::Result result) {
    match_ = {};
    match_.result = result;
    match_.known = known;
  }

  std::vector<Known> found_;
  bool has_parents_;
  Match match_;
};

std::vector<Known> rows_named(store::Connection& connection, qbo::Entity entity,
                              const std::string& normalised_name) {
  store::Query rows(connection,
                    "SELECT " QB_DIRECTORY_COLUMNS " FROM directory WHERE id IN "
                    "(SELECT id FROM directory WHERE entity = ?1 AND normalised_name = ?2 "
                    "UNION SELECT id FROM directory WHERE entity = ?1 "
                    "AND normalised_full_name = ?2) ORDER BY id",
                    qbo::json_name(entity), normalised_name);
  return all_known_of(rows);
}

std::vector<Known> accounts_numbered(store::Connection& connection, std::string_view typed) {
  const std::string number = normalised(typed); // without the blanks around it
  store::Query rows(connection,
                    "SELECT " QB_DIRECTORY_COLUMNS " FROM directory WHERE entity = ?1 "
                    "AND account_number = ?2 AND account_number <> '' ORDER BY id",
                    qbo::json_name(qbo::Entity::account), number);
  return all_known_of(rows);
}

std::vector<std::string> near_misses(store::Connection& connection, qbo::Entity entity,
                                     const std::string& normalised_typed) {
  // What was typed as Parent:Child is compared by its last part.
  const std::size_t colon = normalised_typed.rfind(':');
  closeness::NearMisses misses(colon == std::string::npos
                                   ? normalised_typed
                                   : normalised(normalised_typed.substr(colon + 1)));
  store::Query rows(connection,
                    "SELECT normalised_name, full_name FROM directory WHERE entity = ?1 "
                    "AND active = 1 ORDER BY normalised_name, id",
                    qbo::json_name(entity));
  while (rows.step())
    misses.consider(rows.text(0), rows.text(1));
  return misses.best();
}

// The steps that accounts and classes share.
void by_names(Choice& choice, std::string_view typed, bool top_only) {
  const std::string wanted = normalised(typed);
  const auto leaf_is = [&](const Known& known) { return plain_name(known) == typed; };
  const auto path_is = [&](const Known& known) { return plain_full_name(known) == typed; };
  const auto leaf_reads = [&](const Known& known) {
    return normalised(plain_name(known)) == wanted;
  };
  const auto path_reads = [&](const Known& known) {
    return normalised(plain_full_name(known)) == wanted;
  };
  if (!top_only && choice.by(leaf_is)) return;
  if (choice.by(path_is)) return;
  if (!top_only && choice.by(leaf_reads)) return;
  choice.by(path_reads);
}

Match named_with_parents(store::Connection& connection, qbo::Entity entity,
                         std::string_view as_typed) {
  const bool top_only = as_typed.substr(0, 1) == ":";
  const std::string_view typed = top_only ? as_typed.substr(1) : as_typed;
  const std::string wanted = normalised(typed);
  if (wanted.empty()) return {};
  Choice choice(rows_named(connection, entity, wanted), true);
  by_names(choice, typed, top_only);
  Match match = choice.take_match();
  if (match.result == Match::Result::missing)
    match.candidates = near_misses(connection, entity, wanted);
  return match;
}

// Items of that name, or whose name has the part's number somewhere within. instr() takes the
// number as it is, so that no character of it has a meaning of its own.
std::vector<Known> items_with(store::Connection& connection, const std::string& number,
                              const std::string& name) {
  store::Query rows(connection,
                    "SELECT " QB_DIRECTORY_COLUMNS " FROM directory WHERE id IN "
                    "(SELECT id FROM directory WHERE entity = ?1 "
                    "AND (instr(normalised_name, ?2) > 0 OR normalised_name = ?3)) "
                    "AND kind <> 'Category' ORDER BY id",
                    qbo::json_name(qbo::Entity::item), number, name);
  return all_known_of(rows);
}

} // namespace

Match Directory::account(std::string_view as_typed) const {
  Match match;
  store_.read([&](store::Connection& connection) {
    Choice choice(accounts_numbered(connection, as_typed), true);
    const bool decided = choice.by([](const Known&) { return true; });
    match = choice.take_match();
    if (decided) return;
    Match by_name = named_with_parents(connection, qbo::Entity::account, as_typed);
    if (match.result == Match::Result::missing || by_name.result == Match::Result::found ||
        by_name.result == Match::Result::ambiguous)
      match = std::move(by_name);
  });
  return match;
}

Match Directory::klass(std::string_view as_typed) const {
  Match match;
  store_.read([&](store::Connection& connection) {
    match = named_with_parents(connection, qbo::Entity::klass, as_typed);
  });
  return match;
}

bool Directory::taxes_purchases() const {
  const std::string country = fact(country_fact).value_or("");
  return !country.empty() && country != "US";
}

Match Directory::tax_code(std::string_view as_typed) const {
  Match match;
  if (!taxes_purchases()) {
    if (as_typed != "TAX" && as_typed != "NON") return match;
    match.result = Match::Result::found;
    match.known.id = as_typed;
    match.known.kind = "purchase";
    return match;
  }
  return named(qbo::Entity::tax_code, as_typed);
}

Match Directory::vendor_named(std::string_view name) const {
  return named(qbo::Entity::vendor, name);
}

Match Directory::named(qbo::Entity entity, std::string_view name) const {
  Match match;
  const std::string wanted = normalised(name);
  if (wanted.empty()) return match;
  const auto any = [](const Known& known) { return known.kind != "Category"; };
  store_.read([&](store::Connection& connection) {
    Choice choice(rows_named(connection, entity, wanted));
    if (!choice.by([&](const Known& known) { return any(known) && plain_name(known) == name; }))
      choice.by(any);
    match = choice.take_match();
    if (match.result == Match::Result::missing)
      match.candidates = near_misses(connection, entity, wanted);
  });
  return match;
}

namespace {

// QuickBooks refuses payables and receivables on the lines of an order (Intuit, PurchaseOrder,
// fault 6430; confirmed).
bool may_stand_on_line(const Known& known) {
  if (known.entity == qbo::Entity::tax_code) return known.kind == "purchase";
  return known.kind != "Accounts Payable" && known.kind != "Accounts Receivable";
}

} // namespace

std::vector<std::string> Directory::offered(qbo::Entity entity) const {
  std::vector<Known> all;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT " QB_DIRECTORY_COLUMNS " FROM directory WHERE entity = ?1 "
                      "AND active = 1 ORDER BY normalised_full_name, id",
                      qbo::json_name(entity));
    all = all_known_of(rows);
  });
  std::map<std::string, int> bearers; // of a name, as it is typed
  for (const Known& known : all)
    ++bearers[normalised(known.name)];
  std::vector<std::string> names;
  for (const Known& known : all)
    if (may_stand_on_line(known))
      names.push_back(bearers[normalised(known.name)] == 1 ? known.name : shown(known, true));
  return names;
}

Match Directory::item_for(const erp::Part& part) const {
  Match match;
  const std::string number = normalised(part.number);
  if (number.empty()) return match;
  store_.read([&](store::Connection& connection) {
    const std::string wanted = normalised(mapping::quickbooks_item_name(part));
    Choice choice(items_with(connection, number, wanted));
    if (!choice.by([&](const Known& known) { return normalised(plain_name(known)) == wanted; }))
      choice.by(
          [&](const Known& known) { return mapping::name_contains_part(plain_name(known), part); });
    match = choice.take_match();
  });
  return match;
}

} // namespace qb::directory
