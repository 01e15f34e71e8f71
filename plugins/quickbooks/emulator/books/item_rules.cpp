#include "change.hpp"

#include <array>

namespace emulator::books {
namespace {

/// Objects when the item's account is of a type that cannot play this part.
Objection check_account(const Company& company, const Change& change, std::string_view member,
                        std::initializer_list<std::string_view> types,
                        std::string_view subtype = {}) {
  const auto* account = company.find(Entity::account, change.body.ref_of(member));
  if (!account) return {};
  const auto type = account->body.text_of("AccountType");
  for (const auto allowed : types)
    if (type == allowed && (subtype.empty() || account->body.text_of("AccountSubType") == subtype))
      return {};
  return faults::account_type("You need to select a different type of account for " +
                              std::string{member} + " of this item.");
}

Objection check_accounts(const Company& company, const Change& change, bool inventory) {
  if (auto objection = check_account(company, change, "IncomeAccountRef", {"Income"}))
    return objection;
  const auto expense =
      inventory ? check_account(company, change, "ExpenseAccountRef", {"Cost of Goods Sold"})
                : check_account(company, change, "ExpenseAccountRef",
                                {"Cost of Goods Sold", "Expense", "Other Expense"});
  if (expense) return expense;
  return check_account(company, change, "AssetAccountRef", {"Other Current Asset"}, "Inventory");
}

Objection require(const Change& change, std::initializer_list<std::string_view> members) {
  for (const auto member : members)
    if (!change.body.find(member)) return faults::missing(member);
  return {};
}

Objection settle_inventory(Change& change) {
  auto& item = change.body;
  if (auto objection = require(
          change, {"IncomeAccountRef", "ExpenseAccountRef", "AssetAccountRef", "TrackQtyOnHand"}))
    return objection;
  if (!item.flag_of("TrackQtyOnHand"))
    return faults::business("TrackQtyOnHand of an inventory item must be true.");
  if (!item.find("QtyOnHand"))
    return faults::coded("6520", "Quantity on hand is missing",
                         "A tracked inventory item needs its quantity on hand.", "QtyOnHand");
  if (!item.find("InvStartDate")) return faults::missing("InvStartDate");
  // On update a date sent is that of the adjustment; the original start stays.
  if (change.before && change.before->body.find("InvStartDate"))
    keep_stored(change, "InvStartDate");
  const bool deactivated = change.before && is_active(change.before->body) && !is_active(item);
  if (deactivated) item.set("QtyOnHand", Decimal{});
  return {};
}

Objection check_type_change(const Change& change) {
  if (!change.before) return {};
  const auto was = change.before->body.text_of("Type"), is = change.body.text_of("Type");
  const bool frozen = was == "Inventory" || was == "Category" || is == "Category";
  if (was != is && frozen) return faults::business("The type of this item cannot be changed.");
  return {};
}

} // namespace

Objection settle_item(const Company& company, Change& change) {
  auto& item = change.body;
  const auto type = item.text_of("Type");
  if (type.empty()) return faults::missing("Type");
  if (type == "Group")
    return faults::coded("5030", "Feature Not Supported", "Bundles are not supported.");
  if (auto objection = check_type_change(change)) return objection;
  const auto* parent = company.find(Entity::item, item.ref_of("ParentRef"));
  if (parent && parent->body.text_of("Type") != "Category")
    return faults::business("The parent of an item must be a category.");
  if (type == "Category") return {};

  const bool inventory = type == "Inventory";
  if (inventory) {
    if (auto objection = settle_inventory(change)) return objection;
  } else {
    for (const auto* member : {"QtyOnHand", "InvStartDate", "AssetAccountRef", "ReorderPoint"})
      item.erase(member);
    item.set("TrackQtyOnHand", false);
  }
  const bool both = company.region == Region::ca || company.region == Region::uk;
  if (both)
    if (auto objection = require(change, {"IncomeAccountRef", "ExpenseAccountRef"}))
      return objection;
  if (type == "Service")
    if (auto objection = require(change, {"IncomeAccountRef"})) return objection;
  if (!item.find("IncomeAccountRef") && !item.find("ExpenseAccountRef"))
    return faults::missing("ExpenseAccountRef");
  if (auto objection = check_accounts(company, change, inventory)) return objection;

  for (const auto* member : {"UnitPrice", "PurchaseCost"})
    if (!item.find(member)) item.set(member, Decimal{});
  if (!item.find("Taxable")) item.set("Taxable", false);
  return {};
}

} // namespace emulator::books
