#include "core/qbo/entity.hpp"

#include <algorithm>
#include <stdexcept>

namespace qb::qbo {
namespace {

struct Names {
  Entity entity;
  std::string_view json;
  std::string_view path;
};
constexpr Names names[] = {
    {Entity::company_info, "CompanyInfo", "companyinfo"},
    {Entity::preferences, "Preferences", "preferences"},
    {Entity::account, "Account", "account"},
    {Entity::item, "Item", "item"},
    {Entity::vendor, "Vendor", "vendor"},
    {Entity::klass, "Class", "class"},
    {Entity::tax_code, "TaxCode", "taxcode"},
    {Entity::purchase_order, "PurchaseOrder", "purchaseorder"},
    {Entity::bill, "Bill", "bill"},
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
  return entity == Entity::account || entity == Entity::item || entity == Entity::vendor ||
         entity == Entity::klass || entity == Entity::tax_code;
}

bool is_id(std::string_view text) {
  constexpr std::size_t id_digits_max = 30;
  return !text.empty() && text.size() <= id_digits_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace qb::qbo
