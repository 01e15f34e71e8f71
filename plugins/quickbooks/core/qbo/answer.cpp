#include "core/qbo/answer.hpp"

namespace qb::qbo {
namespace {

// One or many where Intuit writes now an array, now a single object.
std::vector<const Value*> each(const Value* value) {
  std::vector<const Value*> all;
  if (value == nullptr) return all;
  if (const auto* items = value->items()) {
    for (const Value& item : *items)
      if (item.members() != nullptr) all.push_back(&item);
  } else if (value->members() != nullptr) {
    all.push_back(value);
  }
  return all;
}

} // namespace

std::optional<Known> known_from(Entity entity, const Value& object) {
  Known known;
  known.entity = entity;
  known.id = object.text_of("Id");
  if (!is_id(known.id)) return std::nullopt;
  known.sync_token = object.text_of("SyncToken");
  known.name = object.text_of(name_member(entity));
  known.full_name = object.text_of("FullyQualifiedName");
  if (known.full_name.empty()) known.full_name = known.name;
  known.currency = object.text_of("CurrencyRef", "value");
  if (entity == Entity::account) {
    known.account_number = object.text_of("AcctNum");
    known.kind = object.text_of("AccountType");
  } else if (entity == Entity::item) {
    known.kind = object.text_of("Type");
  } else if (entity == Entity::tax_code) {
    // Usable on purchases only if it has rates for them (Intuit, TaxCode; confirmed).
    const Value* const rates = object.find("PurchaseTaxRateList", "TaxRateDetail");
    known.kind = rates && rates->items() && !rates->items()->empty() ? "purchase" : "sales";
  } else if (is_transaction(entity)) {
    known.vendor_id = object.text_of("VendorRef", "value");
    known.private_note = object.text_of("PrivateNote");
  }
  known.deleted = object.text_of("status") == "Deleted";
  const Value* const active = object.find("Active");
  const bool* const is_active = active == nullptr ? nullptr : active->boolean();
  known.active = !known.deleted && (is_active == nullptr || *is_active);
  return known;
}

const Value* object_in(const Value& answer, Entity entity) {
  const Value* const object = answer.find(json_name(entity));
  return object != nullptr && object->members() != nullptr ? object : nullptr;
}

std::vector<const Value*> rows_in(const Value& answer, Entity entity) {
  return each(answer.find("QueryResponse", json_name(entity)));
}

std::vector<std::pair<Entity, const Value*>> changes_in(const Value& answer) {
  std::vector<std::pair<Entity, const Value*>> changes;
  for (const Value* response : each(answer.find("CDCResponse")))
    for (const Value* kind : each(response->find("QueryResponse")))
      for (const auto& [name, rows] : *kind->members())
        if (const auto entity = entity_from_json_name(name))
          for (const Value* row : each(&rows))
            changes.emplace_back(*entity, row);
  return changes;
}

} // namespace qb::qbo
