#include "change.hpp"
#include "currencies.hpp"

#include <array>

namespace emulator::books {
namespace {

constexpr int levels_max = 5;

struct HierarchyFlag {
  Entity entity;
  std::string_view flag;
};
constexpr std::array hierarchy_flags = {
    HierarchyFlag{Entity::account, "SubAccount"}, HierarchyFlag{Entity::item, "SubItem"},
    HierarchyFlag{Entity::class_, "SubClass"}, HierarchyFlag{Entity::department, "SubDepartment"},
    HierarchyFlag{Entity::customer, "Job"}};

std::string_view word_for(Entity entity) {
  switch (entity) {
  case Entity::account:
    return "account";
  case Entity::item:
    return "product or service";
  case Entity::class_:
    return "class";
  case Entity::department:
    return "location";
  case Entity::term:
    return "term";
  default:
    return "customer, vendor or employee";
  }
}

/// Colon separates levels; tabs and newlines are refused in names, and the double quote in
/// accounts.
Objection check_characters(const Change& change) {
  const auto property = change.info.name_property;
  const auto name = change.sent.text_of(property);
  const bool quote_refused = change.info.entity == Entity::account;
  if (name.find_first_of(quote_refused ? ":\t\n\r\"" : ":\t\n\r") != std::string::npos)
    return faults::invalid_text(property);
  return {};
}

Objection check_parent(const Company& company, Change& change) {
  const auto entity = change.info.entity;
  const auto parent_id = change.body.ref_of("ParentRef");
  int levels = 1;
  const auto* parent = company.find(entity, parent_id);
  for (; parent; parent = company.find(entity, parent->body.ref_of("ParentRef")), ++levels) {
    if (change.before && parent->id == change.before->id)
      return faults::coded("900", "Parent cannot be its own child", parent_id);
    if (levels >= levels_max)
      return faults::coded("6180", "Subordinate level exceeded", "At most 5 levels are allowed.");
  }
  for (const auto& [list, flag] : hierarchy_flags) {
    if (list != entity) continue;
    if (parent_id.empty() && change.sent.flag_of(flag))
      return faults::coded("6150", "Parent is required", "ParentRef is needed for a sub-level.",
                           "ParentRef");
    change.body.set(flag, !parent_id.empty());
  }
  return {};
}

std::optional<Company::Holder> other_holder(const Company& company, const Change& change,
                                            const std::string& key) {
  const auto holder = company.name_holder(key);
  const bool own = holder && change.before && holder->entity == change.info.entity &&
                   holder->id == change.before->id;
  return own ? std::nullopt : holder;
}

/// Recorded for accounts: making a list object inactive appends " (deleted)" to its name. A further
/// one of the same name gets a number (unconfirmed).
void mark_deleted(const Company& company, Change& change) {
  const auto property = change.info.name_property;
  const auto name = change.body.text_of(property);
  change.body.set(property, name + " (deleted)");
  for (int copy = 1; other_holder(company, change, name_key(change.info.entity, change.body));
       ++copy)
    change.body.set(property, name + " (deleted " + std::to_string(copy) + ")");
  if (const auto firm = change.body.text_of("CompanyName"); !firm.empty())
    change.body.set("CompanyName", firm + " (deleted)");
}

} // namespace

void keep_stored(Change& change, std::string_view name) {
  const auto* stored = change.before ? change.before->body.find(name) : nullptr;
  if (stored)
    change.body.set(name, *stored);
  else
    change.body.erase(name);
}

Objection settle_list_names(const Company& company, Change& change) {
  if (auto objection = check_characters(change)) return objection;
  if (auto objection = check_parent(company, change)) return objection;
  if (!change.body.find("Active")) change.body.set("Active", true);
  const bool was_active = !change.before || is_active(change.before->body);
  if (was_active && !is_active(change.body)) mark_deleted(company, change);
  if (other_holder(company, change, name_key(change.info.entity, change.body)))
    return faults::duplicate_name(word_for(change.info.entity));
  return {};
}

Objection settle_list_currency(const Company& company, Change& change) {
  const auto home = company.home_currency();
  const auto stored = change.before ? change.before->body.ref_of("CurrencyRef") : std::string{};
  auto code = change.body.ref_of("CurrencyRef");
  if (code.empty()) code = stored.empty() ? home : stored;
  if (!stored.empty() && code != stored)
    return faults::business("The currency of a name or account cannot be changed once it is set.");
  if (currency_name(code).empty())
    return faults::coded("2220", "Invalid Currency", code, "CurrencyRef");
  if (code != home && !company.multicurrency())
    return faults::business("Multi Currency should be enabled to perform this operation.");
  change.body.set("CurrencyRef", reference_to(code));
  return {};
}

} // namespace emulator::books
