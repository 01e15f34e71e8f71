#include "delivery/check_settings.hpp"

#include "core/mapping/obstacles.hpp"
#include "core/mapping/part_to_item.hpp"
#include "core/mapping/words.hpp"
#include "inbox/inbox.hpp"
#include "outbox/outbox.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

struct AccountSetting {
  std::string setting, account;
  std::vector<std::string> kinds; // empty: any
};

std::vector<AccountSetting> account_settings(const settings::Settings& s) {
  const auto kinds = mapping::item_account_kinds(s.item_type == settings::ItemType::inventory);
  std::vector<AccountSetting> out = {
      {"ap_account", s.ap_account, {"Accounts Payable"}},
      {"income_account", s.income_account, kinds.income},
      {"inventory_asset_account", s.inventory_asset_account, kinds.asset},
      {"inventory_expense_account", s.inventory_expense_account, kinds.expense},
      {"fees_account", s.fees_account, {}},
      {"purchase_tax_account", s.purchase_tax_account, {}}};
  for (const auto& [currency, account] : s.ap_account_by_currency)
    out.push_back({"ap_account." + currency, account, {"Accounts Payable"}});
  return out;
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
  for (const AccountSetting& entry : account_settings(settings)) {
    if (entry.account.empty()) continue;
    const std::string where = "setting " + entry.setting;
    const mapping::Match match = references.account(entry.account);
    if (obstacles.account(match, entry.account, where, entry.setting).empty()) continue;
    if (!entry.kinds.empty() &&
        std::find(entry.kinds.begin(), entry.kinds.end(), match.known.kind) == entry.kinds.end())
      obstacles.add(mapping::ObstacleKind::account_wrong_kind, entry.account, where, entry.setting,
                    entry.kinds.front());
  }
  if (!settings.tax_code.empty())
    obstacles.tax_code(references.tax_code(settings.tax_code), settings.tax_code,
                       "setting tax_code", "tax_code");
  if (!settings.class_attribute.empty() &&
      references.class_tracking() == mapping::ClassTracking::off)
    obstacles.add(mapping::ObstacleKind::class_tracking_off, settings.class_attribute, "",
                  settings.class_attribute);
  if (const std::string home = references.home_currency();
      !settings.home_currency.empty() && settings.home_currency != home)
    obstacles.add(mapping::ObstacleKind::home_currency_differs, settings.home_currency, "",
                  "home_currency", home);
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
