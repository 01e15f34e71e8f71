#include "core/mapping/part_to_item.hpp"

#include "core/mapping/obstacles.hpp"
#include "core/mapping/standing.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace qb::mapping {
namespace {

using settings::ItemType;

// The accounts an item must have.
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

std::vector<Role> roles_of(const std::string& type, const settings::Settings& settings) {
  const bool inventory = type == "Inventory";
  ItemAccountKinds kinds = item_account_kinds(inventory);
  std::vector<Role> roles = {
      {"IncomeAccountRef", "income_account", settings.income_account, std::move(kinds.income)},
      {"ExpenseAccountRef", "inventory_expense_account", settings.inventory_expense_account,
       std::move(kinds.expense)}};
  if (inventory)
    roles.push_back({"AssetAccountRef", "inventory_asset_account", settings.inventory_asset_account,
                     std::move(kinds.asset)});
  return roles;
}

void set_accounts(qbo::Value& body, const std::string& type, const settings::Settings& settings,
                  const References& references, Obstacles& obstacles) {
  for (const Role& role : roles_of(type, settings)) {
    const std::string where = std::string("setting ") + role.setting;
    if (role.account.empty()) {
      obstacles.add(ObstacleKind::setting_missing, role.setting, where);
      continue;
    }
    const Match match = references.account(role.account);
    const std::string id = obstacles.account(match, role.account, where, role.setting);
    if (id.empty()) continue;
    if (std::find(role.kinds.begin(), role.kinds.end(), match.known.kind) == role.kinds.end())
      obstacles.add(ObstacleKind::account_wrong_kind, role.account, where, role.setting,
                    role.kinds.front());
    body.set(role.member, qbo::reference_to(id));
  }
}

// A name that QuickBooks does not take stands before the description, as it is here.
std::string described(const erp::Part& part, const std::string& name, const std::string& shown) {
  const std::string description = part.description.value_or("");
  if (shown == name) return description;
  return description.empty() ? name : name + ": " + description;
}

// What is ours in an item. Never quantity, start date, type or accounts of one that exists: sending
// them adjusts the books.
qbo::Value own_members(const erp::Part& part, const std::string& name, Obstacles& obstacles) {
  qbo::Value body = qbo::Value::object();
  const std::string shown = quickbooks_item_name(part);
  body.set("Name", shown);
  const std::string number(trimmed(part.number));
  if (limits::length_of(number) <= limits::item_sku && !has_control_character(number))
    body.set("Sku", number);
  const std::string description = obstacles.within(
      described(part, name, shown), limits::item_purchase_description, "", "description");
  if (!description.empty()) {
    body.set("Description", description);
    body.set("PurchaseDesc", description);
  }
  return body;
}

Send create(const erp::Event& event, const erp::Part& part, const std::string& name,
            qbo::Value body, const References& references, const settings::Settings& settings,
            Obstacles& obstacles) {
  Send send;
  send.entity = qbo::Entity::item;
  send.content = qbo::write(body);
  send.host_name = name;
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
  send.body = std::move(body);
  return send;
}

// Descriptions that we wrote and the host no longer has are emptied; those of an item that we only
// found are somebody else's.
void clear_descriptions(qbo::Value& body, const std::optional<Written>& written) {
  if (!written || !written->is_ours() || body.find("Description")) return;
  const auto standing = standing_of(*written);
  if (!standing) return;
  for (const char* member : {"Description", "PurchaseDesc"})
    if (!standing->text_of(member).empty()) body.set(member, "");
}

Plan update(const qbo::Known& item, const std::string& name, qbo::Value body,
            const std::optional<Written>& written, const References& references) {
  Send send;
  send.entity = qbo::Entity::item;
  send.entity_id = item.id;
  send.content = qbo::write(body);
  send.host_name = name;
  body.erase("Name"); // an item found by a longer name keeps it
  const bool linked = written && written->entity_id == item.id;
  if (linked) clear_descriptions(body, written);
  if (!references.takes_sparse_updates()) {
    auto whole = linked ? whole_update(*written, body) : std::nullopt;
    if (!whole) return ReadFirst{qbo::Entity::item, item.id};
    send.body = std::move(*whole);
    return send;
  }
  body.set("Id", item.id);
  body.set("SyncToken", item.sync_token);
  body.set("sparse", true);
  send.body = std::move(body);
  return send;
}

} // namespace

ItemAccountKinds item_account_kinds(bool inventory) {
  if (inventory) return {{"Income"}, {"Cost of Goods Sold"}, {"Other Current Asset"}};
  return {{"Income", "Other Income"},
          {"Cost of Goods Sold", "Expense", "Other Expense"},
          {"Other Current Asset"}};
}

Plan part_to_item(const erp::Event& event, bool derived, const References& references,
                  const settings::Settings& settings) {
  const erp::Part& part = std::get<erp::Part>(event.document);
  if (!derived && !settings.sync_parts) return Nothing{"sync_parts=off"};
  const std::string name = item_name(part);
  Obstacles obstacles;
  if (trimmed(part.number).empty()) {
    obstacles.add(ObstacleKind::item_name_refused, "", "", "number", "a number");
    return Blocked{obstacles.take()};
  }
  const Match match = references.item(part);
  const bool found = match.result == Match::Result::found;
  if (match.result == Match::Result::ambiguous)
    obstacles.add(ObstacleKind::item_ambiguous, name, "", "number", {}, match.candidates);
  if (match.result == Match::Result::inactive) {
    if (!part.active)
      return Nothing{"the part is inactive here and its item is inactive in QuickBooks"};
    obstacles.add(ObstacleKind::item_inactive, name, "", "number", {}, {match.known.name});
  }
  if (!obstacles.none()) return Blocked{obstacles.take()};
  if (derived && found) return Known{match.known, name};
  if (!found && !part.active && !derived)
    return Nothing{"the part is inactive and has no item in QuickBooks"};

  qbo::Value own = own_members(part, name, obstacles);
  Plan plan = found ? update(match.known, name, std::move(own),
                             references.written(erp::subject_of(event)), references)
                    : create(event, part, name, std::move(own), references, settings, obstacles);
  if (!obstacles.none()) return Blocked{obstacles.take()};
  return plan;
}

} // namespace qb::mapping
