#pragma once

#include "core/qbo/entity.hpp"
#include "core/qbo/value.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qb::qbo {

// What the directory keeps of any entity, read from an object in an answer. Members that the entity
// has not are "".
struct Known {
  Entity entity = Entity::item;
  std::string id;
  std::string sync_token;
  std::string name;           // Name, DisplayName; of a transaction: DocNumber
  std::string full_name;      // FullyQualifiedName ("Parent:Child"), else name
  std::string account_number; // AcctNum
  std::string kind;           // Account.AccountType, Item.Type; of a TaxCode "purchase" or "sales"
  std::string currency;       // CurrencyRef.value of Account, Vendor, transactions
  std::string vendor_id;      // of a transaction
  std::string private_note;   // of a transaction
  bool active = true;
  bool deleted = false; // CDC says it is gone
};

// One object of an answer; nullopt if it has no Id. The name of an inactive one stays as QuickBooks
// gives it, with its " (deleted)".
std::optional<Known> known_from(Entity entity, const Value& object);

// {"PurchaseOrder":{...},"time":..} -> the inner object, or null.
const Value* object_in(const Value& answer, Entity entity);
// The rows of a QueryResponse; empty if none.
std::vector<const Value*> rows_in(const Value& answer, Entity entity);
// The rows of a CDCResponse, of every entity asked for.
std::vector<std::pair<Entity, const Value*>> changes_in(const Value& answer);

} // namespace qb::qbo
