#include "core/mapping/part_to_item.hpp"

#include "core/mapping/obstacles.hpp"
#include "core/mapping/text_limits.hpp"

namespace qb::mapping {
namespace {

using settings::ItemType;

// The accounts an item of each type must have (Intuit, Item; confirmed).
struct Role {
  const char* member;
  const char* setting;
  const std::string& account;
  std::vector<std::string> kinds;
};

std::string item_type_of(const erp::Part& part, ItemType type) {
  if (type == ItemType::inventory) return "Inventory";
  if (type == ItemType::non_inventory) return "NonInventory";
  switch (part.kind) {
  case erp::PartKind::stocked:
    return "Inventory";
  case erp::PartKind::non_stocked:
    return "NonInventory";
  case erp::PartKind::service:
    return "Service";
  }
  return "Inventory";
}

void set_accounts(qbo::Value& body, const std::string& type, const settings::Settings& settings,
                  const References& references, Obstacles& obstacles) {
  std::vector<Role> roles = {
      {"IncomeAccountRef", "income_account", settings.income_account, {"Income", "Other Income"}},
      {"ExpenseAccountRef",
       "inventory_expense_account",
       settings.inventory_expense_account,
       {"Cost of Goods Sold", "Expense", "Other Expense"}}};
  if (type == "Inventory")
    roles.push_back({"AssetAccountRef",
                     "inventory_asset_account",
                     settings.inventory_asset_account,
                     {"Other Current Asset"}});
  for (const Role& role : roles) {
    const std::string where = std::string("setting ") + role.setting;
    if (role.account.empty()) {
      obstacles.add(ObstacleKind::setting_missing, role.setting, where);
      continue;
    }
    const Match match = references.account(role.account);
    const std::string id = obstacles.account(match, role.account, where, role.setting);
    if (id.empty()) continue;
    bool fits = false;
    for (const std::string& kind : role.kinds)
      fits = fits || kind == match.known.kind;
    if (!fits)
      obstacles.add(ObstacleKind::account_wrong_kind, role.account, where, role.setting,
                    role.kinds.front());
    body.set(role.member, qbo::Value::object().set("value", id));
  }
}

// What is ours in an item (decision 11): never quantity, start date, type or accounts of one that
// exists.
qbo::Value own_members(const erp::Part& part, const std::string& name, Obstacles& obstacles) {
  qbo::Value body = qbo::Value::object();
  body.set("Name", name);
  body.set("Sku", obstacles.within(part.number, limits::item_sku, "", "number"));
  const std::string description = part.description.value_or("");
  if (!description.empty()) {
    body.set("Description",
             obstacles.within(description, limits::item_purchase_description, "", "description"));
    body.set("PurchaseDesc", description);
  }
  return body;
}

void check_name(const std::string& name, Obstacles& obstacles) {
  if (limits::length_of(name) > limits::item_name)
    obstacles.add(ObstacleKind::item_name_refused, name, "", "number",
                  std::to_string(limits::item_name) + " characters");
  // A colon separates levels in QuickBooks; tab and newline are refused in name lists (reference
  // s.7.4).
  else if (name.empty() || name.find_first_of(":\t\r\n\"") != std::string::npos)
    obstacles.add(ObstacleKind::item_name_refused, name, "", "number", "characters");
}

Send create(const erp::Event& event, const erp::Part& part, const std::string& name,
            qbo::Value body, const std::string& content, const References& references,
            const settings::Settings& settings, Obstacles& obstacles) {
  const std::string type = item_type_of(part, settings.item_type);
  body.set("Type", type);
  if (type == "Inventory") {
    body.set("TrackQtyOnHand", true);
    body.set("QtyOnHand", erp::Decimal(0));
    body.set("InvStartDate", settings.inventory_start_date
                                 ? erp::to_string(*settings.inventory_start_date)
                                 : erp::to_rfc3339(event.occurred_at).substr(0, 10));
  }
  set_accounts(body, type, settings, references, obstacles);
  Send send;
  send.entity = qbo::Entity::item;
  send.body = std::move(body);
  send.content = content;
  send.host_name = name;
  return send;
}

Send update(const qbo::Known& item, const std::string& name, qbo::Value body,
            const std::string& content) {
  Send send;
  send.entity = qbo::Entity::item;
  send.entity_id = item.id;
  // An item found by a longer name keeps it: only what we wrote ourselves is written again.
  body.erase("Name");
  body.set("Id", item.id);
  body.set("SyncToken", item.sync_token);
  body.set("sparse", true);
  send.body = std::move(body);
  send.content = content;
  send.host_name = name;
  return send;
}

} // namespace

Plan part_to_item(const erp::Event& event, bool derived, const References& references,
                  const settings::Settings& settings) {
  const erp::Part& part = std::get<erp::Part>(event.document);
  if (!derived && !settings.sync_parts) return Nothing{"sync_parts=off"};
  const std::string name = item_name(part);
  const Match match = references.item(part);
  Obstacles obstacles;
  if (match.result == Match::Result::ambiguous)
    obstacles.add(ObstacleKind::item_ambiguous, name, "", "number", {}, match.candidates);
  if (match.result == Match::Result::inactive) {
    if (!part.active)
      return Nothing{"the part is inactive here and its item is inactive in QuickBooks"};
    obstacles.add(ObstacleKind::item_inactive, name, "", "number", {}, {match.known.name});
  }
  if (!obstacles.none()) return Blocked{obstacles.take()};
  if (derived && match.result == Match::Result::found) return Known{match.known, name};
  if (match.result == Match::Result::missing && !part.active && !derived)
    return Nothing{"the part is inactive and has no item in QuickBooks"};

  check_name(name, obstacles);
  const qbo::Value own = own_members(part, name, obstacles);
  const std::string content = qbo::write(own);
  Plan plan = match.result == Match::Result::found
                  ? update(match.known, name, own, content)
                  : create(event, part, name, own, content, references, settings, obstacles);
  if (!obstacles.none()) return Blocked{obstacles.take()};
  return plan;
}

} // namespace qb::mapping
