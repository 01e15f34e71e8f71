#pragma once

#include <string>
#include <vector>

namespace qb::mapping {

// Why a document cannot be written as QuickBooks wants it, yet. Collected all at once.
enum class ObstacleKind {
  account_unknown, // an expense code or an account of the settings
  account_ambiguous,
  account_inactive,
  account_wrong_kind, // e.g. the A/P account is none
  class_unknown,
  class_ambiguous,
  class_inactive,
  classes_differ,     // the company keeps one class for the whole order, and the lines name several
  class_tracking_off, // a warning: the order goes out, QuickBooks drops its classes
  tax_code_unknown,
  tax_code_inactive,
  tax_code_for_sales, // it has no rate for purchases
  supplier_unknown,
  supplier_ambiguous,
  supplier_inactive,
  supplier_currency,     // the vendor's currency is not the order's
  supplier_name_refused, // characters or length QuickBooks does not take, or no name
  item_ambiguous,        // two items could be the part: a person decides
  item_inactive,
  item_name_refused, // as supplier_name_refused
  number_refused,    // no number, or a control character in it
  number_too_long,   // DocNumber over 21
  number_taken,      // another document carries the number: other vendor, or no marker of ours
  text_too_long,     // any other text over its limit
  too_many_lines,
  nothing_to_order,   // no line and no positive fee
  price_does_not_fit, // no UnitPrice gives the Amount
  amount_too_large,
  currency_unknown,
  currency_not_enabled,  // a foreign currency in a company without multicurrency
  home_currency_differs, // the host's, by its setting, from the company's
  exchange_rate_of_one,  // a warning: of a foreign currency; the host's home currency is another
  setting_missing,
  billed_line_kept,  // a warning: the host removed a line that a bill stands on
  order_not_deleted, // a warning: a cancelled order was closed instead
  tax_differs,       // a warning: QuickBooks reckons another tax than the host
  // of receipts and their bills
  line_not_ordered,          // a receipt of a line that its order does not have
  received_quantity_refused, // below zero
  order_line_missing,        // the purchase order in QuickBooks lacks the line
  order_closed,              // the purchase order in QuickBooks takes no bill
  bill_number_taken,         // a bill of the same vendor that is not ours carries the number
  bill_paid,                 // it has payments and is never changed
  bill_in_closed_period,     // it stands in a closed period and is never changed
  bill_has_other_lines,      // it would be deleted, but for lines of others
  link_dropped,              // QuickBooks did not link a line to the order
  period_closed,             // the bill's day lies in a closed period: the setting says hold
  period_closed_choose       // likewise: the setting says ask
};

struct Obstacle {
  ObstacleKind kind;
  // The value as the host's people know it: "Shop Suplies", "Hicks Hardware", "fees_account". Of a
  // long one its beginning.
  std::string name;
  // "line 3", "fee Shipping", "setting fees_account"; "" if the document as a whole.
  std::string where;
  std::string field;                   // the host's field: "Expense Code", "supplier"
  std::string limit;                   // what QuickBooks takes: "21 characters"
  std::vector<std::string> candidates; // near misses, for the remedy
};

// It stands in no document's way: the document goes out, and a person is told.
bool is_warning(ObstacleKind kind);
// The cause of every warning about one document begins so, and each ends when the document is
// written again without it.
std::string warnings_prefix(const std::string& subject);

// What makes two obstacles the same cause, so that they share one issue: "account_unknown/Shop
// Suplies". Obstacles that only ever concern one document include its subject.
std::string cause_key(const Obstacle& obstacle, const std::string& subject);
// True if a refresh of the directory can take the obstacle away.
bool curable_in_quickbooks(ObstacleKind kind);

} // namespace qb::mapping
