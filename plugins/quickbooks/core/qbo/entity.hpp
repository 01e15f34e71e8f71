#pragma once

#include <optional>
#include <string_view>

namespace qb::qbo {

enum class Entity {
  company_info,
  preferences,
  account,
  item,
  vendor,
  klass,
  tax_code,
  purchase_order,
  bill
};

// The member that wraps it in JSON: "PurchaseOrder".
std::string_view json_name(Entity entity);
// The word in the path: "purchaseorder".
std::string_view path_name(Entity entity);
std::optional<Entity> entity_from_json_name(std::string_view name);
// Account, Item, Vendor, Class, TaxCode: they are made inactive, never deleted, and inactive ones
// are left out of queries unless asked for.
bool is_list(Entity entity);
// PurchaseOrder, Bill: they carry a number that need not be theirs alone, and a note in which our
// mark stands; they are deleted, not made inactive; several may go out in one batch.
bool is_transaction(Entity entity);
// The member by which one is found that was sent and whose answer was lost: "DocNumber",
// "DisplayName", "Name".
std::string_view name_member(Entity entity);
// An Id as QuickBooks gives it: digits, up to 19 seen ("5000000000000142240"). Anything else could
// be no part of a path.
bool is_id(std::string_view text);

} // namespace qb::qbo
