#pragma once

#include <optional>
#include <string_view>

namespace qb::qbo {

enum class Entity { company_info, preferences, account, item, vendor, klass, purchase_order, bill };

// The member that wraps it in JSON: "PurchaseOrder".
std::string_view json_name(Entity entity);
// The word in the path: "purchaseorder".
std::string_view path_name(Entity entity);
std::optional<Entity> entity_from_json_name(std::string_view name);

} // namespace qb::qbo
