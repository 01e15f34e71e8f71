#include "core/verdict/codes.hpp"

#include <algorithm>
#include <string_view>

namespace qb::verdict {
namespace {

struct Row {
  int code;
  Reaction reaction;
  Sentence sentence;
};

using enum Reaction;
using enum Sentence;

// In Intuit's order. What is not here is told in QuickBooks' own words.
constexpr Row rows[] = {
    // access
    {100, reconnect, access_lost},              // general authentication error
    {110, reconnect, access_lost},              // OAuth error
    {120, block, access_lost},                  // the connecting administrator lost access
    {130, wait_company, failed_without_reason}, // wrong cluster: Intuit's own routing
    {140, block, company_locked},
    {150, wait_company, failed_without_reason}, // company under maintenance
    {270, reconnect, access_lost},              // legacy: token rejected
    {3001, throttle, failed_without_reason},
    {3100, block, wrong_company},
    {3200, reconnect, access_lost}, // reaches us only after a refresh did not help
    {3202, reconnect, access_lost},
    {5020, block, plan_lacks_feature},
    {5030, block, plan_lacks_feature},
    {6190, block, subscription_ended},
    {10200, block, company_reset},
    // general
    {500, wait_once, form_refused}, // wrong path; in outages of Intuit's for right paths too
    {600, adopt, own_rule},         // duplicate request id: it may be done
    {610, block, reference_inactive},
    {620, block, linked_elsewhere}, // transaction cannot be linked
    {630, adopt, own_rule},         // duplicate object
    {700, block, form_refused},
    {800, block, linked_elsewhere}, // cannot delete: others depend on it
    {900, block, form_refused},
    {1000, wait_once, failed_without_reason},
    {1010, wait_once, failed_without_reason},
    {1020, wait_once, failed_without_reason},
    {1040, block, form_refused},
    {1050, block, form_refused},
    {10000, wait, failed_without_reason},
    {10001, wait, failed_without_reason}, // in no list of Intuit's; as 10000
    {10100, block, form_refused},
    // validation
    {2000, block, form_refused},
    {2010, block, form_refused},
    {2020, block, form_refused},
    {2030, block, form_refused},
    {2040, block, text_refused}, // characters
    {2050, block, text_refused}, // length
    {2060, block, form_refused},
    {2070, block, form_refused},
    {2080, block, form_refused},
    {2090, block, form_refused},
    {2100, block, form_refused},
    {2110, block, form_refused},
    {2120, block, form_refused},
    {2130, block, form_refused},
    {2140, block, amount_refused},
    {2150, block, amount_refused},
    {2160, block, amount_refused}, // quantity
    {2170, block, form_refused},
    {2180, block, text_refused},
    {2190, block, form_refused},
    {2200, block, address_refused}, // web address
    {2210, block, address_refused}, // e-mail address
    {2220, block, currency},
    {2230, block, form_refused},
    {2240, block, form_refused},
    {2250, block, form_refused},
    {2260, block, form_refused},
    {2270, block, form_refused},
    {2280, block, form_refused},
    {2290, block, amount_refused}, // negative amount on a line
    {2300, block, form_refused},
    {2500, block, reference_unknown},
    {2600, block, form_refused},
    {3000, block, form_refused}, // custom field
    {4000, block, form_refused}, // query
    {4001, block, form_refused},
    {4002, wait_once, failed_without_reason},
    // business rules
    {5000, block, form_refused},
    {5010, reseal, keeps_changing},
    {6010, block, form_refused},
    {6070, block, amount_refused}, // Amount is not UnitPrice * Qty
    {6080, block, form_refused},
    {6090, block, form_refused},
    {6100, block, tax_setup},
    {6110, block, linked_elsewhere},
    {6120, block, linked_elsewhere},
    {6130, block, linked_elsewhere},
    {6140, adopt, own_rule}, // duplicate document number
    {6150, block, form_refused},
    {6160, block, tax_setup},
    {6170, block, tax_setup},
    {6180, block, form_refused},
    {6200, block, period_closed},
    {6210, block, period_closed},
    {6220, block, linked_elsewhere}, // object to delete has a balance
    {6230, block, tax_setup},
    {6240, adopt, own_rule}, // duplicate name
    {6250, block, reference_inactive},
    {6270, block, before_inventory_start},
    {6280, block, linked_elsewhere},
    {6290, block, form_refused},
    {6300, block, form_refused},
    {6310, block, form_refused},
    {6320, block, form_refused},
    {6330, block, form_refused},
    {6400, block, linked_elsewhere},
    {6430, block, account_of_wrong_kind},
    {6440, block, form_refused},
    {6450, block, linked_elsewhere},
    {6460, block, linked_elsewhere},
    {6470, block, tax_setup},
    {6480, block, linked_elsewhere},
    {6520, block, form_refused},
    {6540, block, linked_elsewhere},
};

const Row* row_of(const std::string& code) {
  const auto* const found = std::find_if(std::begin(rows), std::end(rows), [&code](const Row& row) {
    return std::to_string(row.code) == code;
  });
  return found == std::end(rows) ? nullptr : found;
}

} // namespace

bool says(std::string_view text, std::string_view words) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::search(text.begin(), text.end(), words.begin(), words.end(),
                     [&lower](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

bool says(const qbo::FaultError& error, std::string_view words) {
  return says(error.message, words) || says(error.detail, words);
}

CodeRule rule_for(const qbo::FaultError& error, int http_status) {
  // Both refuse for good with 401 and 403, and were seen with 500 in outages, gone on a retry.
  const bool outage = says(error, "statusCode=500");
  if ((error.code == "120" || error.code == "3100") && outage) return {wait, failed_without_reason};
  // 6000 is every business rule at once; these texts mean "later", not "no".
  if (error.code == "6000" &&
      (says(error, "one name at a time") || says(error, "unexpected error")))
    return {wait, failed_without_reason};
  // The words that people meet when a line's item was made inactive; the number in them is the
  // item's Id. Seen under no code that Intuit documents.
  if (says(error, "assigned to this transaction has been deleted")) return {block, item_deleted};
  if (const Row* const row = row_of(error.code)) return {row->reaction, row->sentence};
  // Lists of Intuit's have printed other codes for it (6210, 6240).
  if (says(error, "Duplicate Document Number")) return {adopt, own_rule};
  if (http_status >= 500 || outage) return {wait, failed_without_reason};
  return {block, own_rule};
}

} // namespace qb::verdict
