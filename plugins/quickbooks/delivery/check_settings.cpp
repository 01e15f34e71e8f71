#include "delivery/check_settings.hpp"

#include "core/mapping/obstacles.hpp"
#include "core/mapping/order_header.hpp"
#include "core/mapping/part_to_item.hpp"
#include "core/mapping/words.hpp"
#include "inbox/inbox.hpp"
#include "outbox/outbox.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

// What an account of that setting must be; empty: any.
std::vector<std::string> kinds_for(const std::string& setting, const settings::Settings& settings) {
  const auto kinds =
      mapping::item_account_kinds(settings.item_type == settings::ItemType::inventory);
  if (setting.starts_with("ap_account")) return {"Accounts Payable"};
  if (setting == "income_account") return kinds.income;
  if (setting == "inventory_asset_account") return kinds.asset;
  if (setting == "inventory_expense_account") return kinds.expense;
  return {};
}

// Issues of other checks, of the connection for example, are none of ours.
bool is_of_this_check(const std::string& cause) {
  for (const char* prefix :
       {"account_", "class_tracking_off/", "tax_code_", "home_currency_differs/", attribute_prefix})
    if (cause.rfind(prefix, 0) == 0) return true;
  return false;
}

} // namespace

SettingsChecked check_settings(store::Database& store, const settings::Settings& settings,
                               const StoredReferences& references, const HostAttributes& host,
                               erp::Instant now) {
  mapping::Obstacles obstacles;
  for (const auto& [setting, account] : settings.accounts()) {
    if (account.empty()) continue;
    const std::string where = "setting " + setting;
    const mapping::Match match = references.account(account);
    if (obstacles.account(match, account, where, setting).empty()) continue;
    const auto kinds = kinds_for(setting, settings);
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), match.known.kind) == kinds.end())
      obstacles.add(mapping::ObstacleKind::account_wrong_kind, account, where, setting,
                    kinds.front());
  }
  if (!settings.tax_code.empty())
    obstacles.tax_code(references.tax_code(settings.tax_code), settings.tax_code,
                       "setting tax_code", "tax_code");
  if (!settings.class_attribute.empty() &&
      references.class_tracking() == mapping::ClassTracking::off)
    obstacles.add(mapping::ObstacleKind::class_tracking_off, settings.class_attribute, "",
                  settings.class_attribute);
  mapping::check_home_currency(references, settings, obstacles);
  SettingsChecked checked;
  for (const auto& found : {obstacles.take(), obstacles.take_warnings()})
    for (const mapping::Obstacle& obstacle : found)
      checked.failing.push_back(mapping::words_for(obstacle, "settings"));
  for (verdict::IssueWords& words : attribute_troubles(settings, host, references))
    checked.failing.push_back(std::move(words));
  const auto open = inbox::Inbox(store).list(true);
  store.write([&](store::Connection& db) {
    for (const verdict::IssueWords& words : checked.failing)
      inbox::Inbox::raise(db, words, now, true);
    for (const inbox::Issue& issue : open) {
      const bool fails = std::any_of(checked.failing.begin(), checked.failing.end(),
                                     [&](const auto& w) { return w.cause == issue.words.cause; });
      if (!issue.standing || fails || !is_of_this_check(issue.words.cause)) continue;
      outbox::Outbox::unblock(db, issue.id, outbox::Cause::change, now);
      inbox::Inbox::resolve(db, issue.id, "the setting and QuickBooks agree again", now);
      checked.mended.push_back(issue.words.cause);
    }
  });
  return checked;
}

} // namespace qb::delivery
