#pragma once

#include "erp/sdk/document.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace qb::settings {

enum class Environment { sandbox, production, emulator };
enum class ItemType { inventory, non_inventory, by_kind };
enum class MissingSupplier { report, create };
enum class CancelledOrders { close, remove };
// What a receipt becomes in QuickBooks (docs/adr/0021).
enum class Receipts { none, bill_per_receipt, one_bill, close_only };
// A bill whose day lies in a closed period of the books.
enum class ClosedPeriod { hold, next_open_day, ask };
enum class Pace { documented, off };

// The company's choices typed. Names of accounts are as typed: number, leaf name or
// Parent:Child.
struct Settings {
  Environment environment = Environment::sandbox;
  std::string discovery_url;    // emulator only
  std::string api_base_url;     // emulator only
  std::string ca_file;          // emulator only
  std::string host_environment; // of the ERP; "" : production with production, others with others
  std::string client_id;
  bool client_secret_is_set =
      false; // the value itself lies in the host's secrets, "setting/client_secret"
  std::string ap_account;
  std::map<std::string, std::string> ap_account_by_currency; // "EUR" -> account
  std::string income_account;
  std::string inventory_asset_account;
  std::string inventory_expense_account;
  std::string fees_account;
  std::string home_currency;        // of the host; "" : it is not said
  std::string class_attribute;      // "" : lines carry no class
  std::string tax_attribute;        // "" : lines carry no tax code of their own
  std::string tax_code;             // of lines that name none; "" : none
  std::string purchase_tax_account; // "" : fees that are taxes go to fees_account
  std::vector<std::string> tax_fee_names = {"Tax", "Sales tax", "Use tax", "VAT",
                                            "GST", "HST",       "PST",     "QST"};
  std::string expense_attribute; // "" : lines carry no expense code
  std::string docnumber_format = "{id}";
  bool sync_parts = true;
  bool sync_orders = true;
  bool sync_suppliers = true;
  ItemType item_type = ItemType::inventory;
  std::optional<erp::Date> inventory_start_date;
  MissingSupplier missing_supplier = MissingSupplier::report;
  CancelledOrders cancelled_orders = CancelledOrders::close;
  Receipts receipts = Receipts::none;
  ClosedPeriod closed_period = ClosedPeriod::hold;
  Pace pace = Pace::documented;
  erp::Decimal rate_share{1}; // 0 < share <= 1

  // Receipts become bills.
  bool makes_bills() const {
    return receipts == Receipts::bill_per_receipt || receipts == Receipts::one_bill;
  }
  // The settings that name an account, with what they say, set or not: ("fees_account", "Freight").
  std::vector<std::pair<std::string, std::string>> accounts() const;
  // The A/P account for a currency; the company's home currency uses ap_account too. "" if none is
  // set.
  std::string ap_account_for(std::string_view currency, std::string_view home) const;
};

struct Problem {
  std::string setting;
  std::string what;        // a sentence that says what to do
  bool is_missing = false; // the setting is required and not there
};

// Strict: unknown names, wrong values, combinations that make no sense (pace=off outside the
// emulator, addresses outside it) are problems; all are reported, not only the first.
tl::expected<Settings, std::vector<Problem>> parse(std::string_view flat_json);

// JSON Schema draft-07 of the flat object; secrets are writeOnly; titles and descriptions for an
// administrator.
std::string_view schema_json();

} // namespace qb::settings
