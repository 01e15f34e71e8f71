#include "company.hpp"
#include "text.hpp"

#include <algorithm>

namespace emulator::books {
namespace {

constexpr int levels_shown_max = 16; // guards against a cycle in hand-made state

bool is_people(Entity entity) {
  return entity == Entity::vendor || entity == Entity::customer;
}

std::string number_key(Entity entity, std::string_view number) {
  return std::string{info_of(entity).name} + '\n' + lower(number);
}

} // namespace

std::string name_key(Entity entity, const Value& body) {
  const auto& info = info_of(entity);
  if (info.name_property.empty()) return {};
  const auto name = lower(body.text_of(info.name_property));
  if (is_people(entity)) return "people\n" + name;
  return std::string{info.path} + '\n' + body.ref_of("ParentRef") + '\n' + name;
}

std::string account_number_key(const Value& account) {
  const auto number = account.text_of("AcctNum");
  return number.empty() ? std::string{} : "account number\n" + lower(number);
}

bool is_active(const Value& body) {
  const auto* active = body.find("Active");
  return !active || !active->as_flag() || *active->as_flag();
}

std::string fully_qualified_name(const Company& company, Entity entity, const Value& body) {
  const auto property = info_of(entity).name_property;
  std::string name = body.text_of(property);
  if (entity == Entity::vendor) return name;
  const Value* level = &body;
  for (int i = 0; i < levels_shown_max; ++i) {
    const auto* parent = company.find(entity, level->ref_of("ParentRef"));
    if (!parent) break;
    name = parent->body.text_of(property) + ":" + name;
    level = &parent->body;
  }
  return name;
}

std::string_view home_currency_of(Region region) {
  switch (region) {
  case Region::ca:
    return "CAD";
  case Region::uk:
    return "GBP";
  case Region::au:
    return "AUD";
  case Region::us:
    break;
  }
  return "USD";
}

const Record* Company::find(Entity entity, std::string_view id) const {
  const auto number = parse_number(id);
  if (!number) return nullptr;
  const auto& records = shelf(entity).records;
  const auto found = records.find(*number);
  return found == records.end() ? nullptr : &found->second;
}

Record* Company::find(Entity entity, std::string_view id) {
  return const_cast<Record*>(static_cast<const Company*>(this)->find(entity, id));
}

Record& Company::add(Entity entity, Value body, Instant now) {
  auto& on = shelf(entity);
  const bool transaction = info_of(entity).family == Family::transaction;
  const auto id = transaction ? next_transaction++ : on.next_id++;
  auto& record = on.records[id];
  record.id = id;
  record.created = record.updated = now;
  record.body = std::move(body);
  index(entity, record);
  return record;
}

void Company::replace(Entity entity, Record& record, Value body, Instant now) {
  unindex(entity, record);
  record.body = std::move(body);
  record.updated = now;
  ++record.sync_token;
  index(entity, record);
}

void Company::remove(Entity entity, std::uint64_t id, Instant now) {
  auto& on = shelf(entity);
  const auto found = on.records.find(id);
  if (found == on.records.end()) return;
  unindex(entity, found->second);
  on.records.erase(found);
  on.deleted[id] = now;
}

void Company::rebuild_indexes() {
  names_.clear();
  numbers_.clear();
  for (std::size_t i = 0; i < entity_count; ++i)
    for (const auto& [id, record] : shelves_[i].records)
      index(static_cast<Entity>(i), record);
}

void Company::index(Entity entity, const Record& record) {
  if (const auto key = name_key(entity, record.body); !key.empty())
    names_.insert_or_assign(key, Holder{entity, record.id});
  if (entity == Entity::account)
    if (const auto key = account_number_key(record.body); !key.empty())
      names_.insert_or_assign(key, Holder{entity, record.id});
  if (info_of(entity).family == Family::transaction)
    if (const auto number = record.body.text_of("DocNumber"); !number.empty())
      numbers_.emplace(number_key(entity, number), record.id);
  if (entity == Entity::company_info) name_ = record.body.text_of("CompanyName");
}

void Company::unindex(Entity entity, const Record& record) {
  const auto forget = [&](const std::string& key) {
    const auto found = names_.find(key);
    if (found != names_.end() && found->second.entity == entity && found->second.id == record.id)
      names_.erase(found);
  };
  if (const auto key = name_key(entity, record.body); !key.empty()) forget(key);
  if (entity == Entity::account) forget(account_number_key(record.body));
  if (info_of(entity).family != Family::transaction) return;
  const auto [first, last] =
      numbers_.equal_range(number_key(entity, record.body.text_of("DocNumber")));
  const auto mine =
      std::find_if(first, last, [&](const auto& entry) { return entry.second == record.id; });
  if (mine != last) numbers_.erase(mine);
}

std::optional<Company::Holder> Company::name_holder(const std::string& key) const {
  const auto found = names_.find(key);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint64_t> Company::number_holder(Entity entity, std::string_view number,
                                                    std::uint64_t other_than) const {
  const auto [first, last] = numbers_.equal_range(number_key(entity, number));
  std::optional<std::uint64_t> oldest;
  for (auto entry = first; entry != last; ++entry)
    if (entry->second != other_than && (!oldest || entry->second < *oldest)) oldest = entry->second;
  return oldest;
}

std::vector<std::uint64_t> Company::numbered(Entity entity, std::string_view number) const {
  const auto [first, last] = numbers_.equal_range(number_key(entity, number));
  std::vector<std::uint64_t> ids;
  for (auto entry = first; entry != last; ++entry)
    ids.push_back(entry->second);
  return ids;
}

const Value& Company::preferences() const {
  static const Value none = Value::object();
  const auto& records = shelf(Entity::preferences).records;
  return records.empty() ? none : records.begin()->second.body;
}

bool Company::preference(std::string_view group, std::string_view name) const {
  const auto* prefs = preferences().find(group);
  return prefs && prefs->flag_of(name);
}

std::string Company::home_currency() const {
  return std::string{home_currency_of(region)};
}

} // namespace emulator::books
