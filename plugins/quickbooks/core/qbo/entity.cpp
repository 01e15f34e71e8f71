#include "core/qbo/entity.hpp"

#include <algorithm>
#include <stdexcept>

namespace qb::qbo {
namespace {

enum class Kind { single, list, transaction };

// All that the plugin must know of a kind of object to write, find and keep it.
struct Names {
  Entity entity;
  std::string_view json;
  std::string_view path;
  Kind kind;
  std::string_view name_member;
};
constexpr Names names[] = {
    {Entity::company_info, "CompanyInfo", "companyinfo", Kind::single, "CompanyName"},
    {Entity::preferences, "Preferences", "preferences", Kind::single, "Name"},
    {Entity::account, "Account", "account", Kind::list, "Name"},
    {Entity::item, "Item", "item", Kind::list, "Name"},
    {Entity::vendor, "Vendor", "vendor", Kind::list, "DisplayName"},
    {Entity::klass, "Class", "class", Kind::list, "Name"},
    {Entity::tax_code, "TaxCode", "taxcode", Kind::list, "Name"},
    {Entity::purchase_order, "PurchaseOrder", "purchaseorder", Kind::transaction, "DocNumber"},
    {Entity::bill, "Bill", "bill", Kind::transaction, "DocNumber"},
};

const Names& names_of(Entity entity) {
  for (const Names& row : names)
    if (row.entity == entity) return row;
  throw std::logic_error("an entity without a name");
}

} // namespace

std::string_view json_name(Entity entity) {
  return names_of(entity).json;
}
std::string_view path_name(Entity entity) {
  return names_of(entity).path;
}

std::optional<Entity> entity_from_json_name(std::string_view name) {
  for (const Names& row : names)
    if (row.json == name) return row.entity;
  return std::nullopt;
}

bool is_list(Entity entity) {
  return names_of(entity).kind == Kind::list;
}
bool is_transaction(Entity entity) {
  return names_of(entity).kind == Kind::transaction;
}
std::string_view name_member(Entity entity) {
  return names_of(entity).name_member;
}

bool is_id(std::string_view text) {
  constexpr std::size_t id_digits_max = 30;
  return !text.empty() && text.size() <= id_digits_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace qb::qbo
