#include "core/closeness/closeness.hpp"
#include "core/money/currency.hpp"
#include "core/settings/flat_json.hpp"
#include "core/settings/loopback_url.hpp"
#include "core/settings/settings.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace qb::settings {
namespace {

constexpr std::string_view ap_account_prefix = "ap_account.";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

// Takes the settings out of the flat object one by one; what is left at the end nobody knows.
// An empty text is the same as none.
class Reader {
 public:
  explicit Reader(std::map<std::string, std::string> values) : values_(std::move(values)) {}

  std::vector<Problem> problems;

  // `what` goes on from the setting's name: "is missing; ..."
  void wrong(const std::string& setting, const std::string& what) {
    problems.push_back({setting, setting + " " + what});
  }

  std::string take(const std::string& name) {
    known_.push_back(name);
    auto node = values_.extract(name);
    if (node.empty()) return {};
    if (has_control_character(node.mapped())) {
      wrong(name, "holds a line break or another control character; write it on one line.");
      return {};
    }
    return std::move(node.mapped());
  }

  void text(const std::string& name, std::string& into) { into = trimmed(take(name)); }

  // The host's own names are taken byte for byte.
  void attribute(const std::string& name, std::string& into) { into = take(name); }

  void required(const std::string& name, std::string& into, std::string_view what_to_do) {
    const bool given = values_.contains(name) && !trimmed(values_.at(name)).empty();
    text(name, into);
    if (!given)
      problems.push_back(
          {name, std::string(name).append(" is missing; ").append(what_to_do), true});
  }

  template <class Enum>
  void choice(const std::string& name, Enum& into,
              std::initializer_list<std::pair<std::string_view, Enum>> choices) {
    std::string given;
    text(name, given);
    if (given.empty()) return;
    std::string all;
    for (const auto& [word, value] : choices) {
      if (given == word) {
        into = value;
        return;
      }
      all.append(all.empty() ? "" : ", ").append(word);
    }
    wrong(name, "is \"" + given + "\"; choose one of: " + all + ".");
  }

  void on_off(const std::string& name, bool& into) {
    choice<bool>(name, into, {{"on", true}, {"off", false}});
  }

  // Takes every name that begins with the prefix: (rest of the name, text).
  std::vector<std::pair<std::string, std::string>> take_family(std::string_view prefix) {
    std::vector<std::string> names;
    for (const auto& [name, value] : values_)
      if (name.starts_with(prefix)) names.push_back(name);
    families_.emplace_back(prefix);
    std::vector<std::pair<std::string, std::string>> family;
    family.reserve(names.size());
    for (const std::string& name : names)
      family.emplace_back(name.substr(prefix.size()), std::string(trimmed(take(name))));
    return family;
  }

  void refuse_the_rest() {
    for (const auto& [name, value] : values_)
      wrong(name, "is no setting of this plugin; " + advice_on(name));
  }

 private:
  // What a mistyped name may have meant.
  std::string advice_on(const std::string& name) const {
    closeness::NearMisses near(name);
    for (const std::string& known : known_)
      near.consider(known, known);
    for (const std::string& prefix : families_)
      if (const std::size_t dot = name.find(prefix.back()); dot != std::string::npos)
        near.consider(prefix + name.substr(dot + 1), prefix + name.substr(dot + 1));
    std::string meant;
    for (const std::string& known : near.best())
      meant += (meant.empty() ? "" : ", ") + known;
    return meant.empty() ? "remove it or correct its name."
                         : "did you mean " + meant + "? Correct its name, or remove it.";
  }

  std::map<std::string, std::string> values_;
  std::vector<std::string> known_, families_; // names and prefixes that were asked for
};

void read_environment(Reader& reader, Settings& settings) {
  std::string environment;
  reader.required("environment", environment, "choose sandbox, production or emulator.");
  if (environment == "production")
    settings.environment = Environment::production;
  else if (environment == "emulator")
    settings.environment = Environment::emulator;
  else if (!environment.empty() && environment != "sandbox")
    reader.wrong("environment",
                 "is \"" + environment + "\"; choose one of: sandbox, production, emulator.");
  reader.text("host_environment", settings.host_environment);
}

// Addresses other than Intuit's: only with the emulator, only on this machine: tokens go nowhere
// else.
void read_addresses(Reader& reader, Settings& settings) {
  reader.text("discovery_url", settings.discovery_url);
  reader.text("api_base_url", settings.api_base_url);
  reader.text("ca_file", settings.ca_file);
  const std::pair<const char*, const std::string*> addresses[] = {
      {"discovery_url", &settings.discovery_url},
      {"api_base_url", &settings.api_base_url},
      {"ca_file", &settings.ca_file}};
  if (settings.environment != Environment::emulator) {
    for (const auto& [name, value] : addresses)
      if (!value->empty()) reader.wrong(name, "is only for environment=emulator; remove it.");
    return;
  }
  for (const auto& [name, value] : {addresses[0], addresses[1]})
    if (!value->empty() && !loopback_origin(*value))
      reader.wrong(name, "must be an https address on this machine, for example "
                         "https://127.0.0.1:8443; correct it.");
  if (settings.discovery_url.empty())
    reader.wrong("discovery_url", "is missing; give the address of the emulator's discovery "
                                  "document, which the emulator prints when it starts.");
  else if (settings.api_base_url.empty())
    settings.api_base_url = loopback_origin(settings.discovery_url).value_or("");
  while (settings.api_base_url.ends_with('/')) // paths are put behind it
    settings.api_base_url.pop_back();
}

void read_app(Reader& reader, Settings& settings) {
  reader.required("client_id", settings.client_id,
                  "copy the Client ID from Keys & credentials of your app on "
                  "developer.intuit.com.");
  std::string secret;
  reader.required("client_secret", secret,
                  "copy the Client Secret from Keys & credentials of your app on "
                  "developer.intuit.com.");
  settings.client_secret_is_set = !secret.empty();
}

void read_accounts(Reader& reader, Settings& settings) {
  constexpr std::string_view how =
      "give the account's number, its name, or Parent:Child, as it stands in QuickBooks under "
      "Chart of accounts.";
  reader.required("ap_account", settings.ap_account, how);
  for (auto& [currency, account] : reader.take_family(ap_account_prefix)) {
    const std::string name = std::string(ap_account_prefix) + currency;
    if (!money::minor_unit_places(currency))
      reader.wrong(name, "names \"" + currency +
                             "\", which is no currency; write its three capital letters, "
                             "for example ap_account.EUR.");
    else if (!account.empty())
      settings.ap_account_by_currency.emplace(currency, std::move(account));
  }
  reader.required("income_account", settings.income_account, how);
  reader.required("inventory_asset_account", settings.inventory_asset_account, how);
  reader.required("inventory_expense_account", settings.inventory_expense_account, how);
  reader.required("fees_account", settings.fees_account, how);
}

void read_docnumber_format(Reader& reader, Settings& settings) {
  std::string format;
  reader.text("docnumber_format", format);
  if (format.empty()) return;
  std::string fixed = format;
  int places = 0;
  for (const std::string_view place : {"{id}", "{number}"})
    for (std::size_t at = fixed.find(place); at != std::string::npos; at = fixed.find(place)) {
      fixed.erase(at, place.size());
      ++places;
    }
  constexpr std::size_t doc_number_max = 21; // Intuit's limit of DocNumber
  if (places == 0)
    reader.wrong("docnumber_format", "must contain {id} or {number}, else all orders would carry "
                                     "the same number; for example PO-{number}.");
  else if (fixed.find_first_of("{}") != std::string::npos)
    reader.wrong("docnumber_format", "knows only {id} and {number}; remove other braces.");
  else if (fixed.size() >= doc_number_max)
    reader.wrong("docnumber_format", "leaves no room for the number: QuickBooks takes 21 "
                                     "characters in all; shorten it.");
  else
    settings.docnumber_format = format;
}

void read_inventory_start_date(Reader& reader, Settings& settings) {
  std::string date;
  reader.text("inventory_start_date", date);
  if (date.empty()) return;
  settings.inventory_start_date = erp::parse_date(date);
  if (!settings.inventory_start_date)
    reader.wrong("inventory_start_date",
                 "is \"" + date + "\"; write a day of the calendar as 2026-01-31.");
}

void read_home_currency(Reader& reader, Settings& settings) {
  reader.text("home_currency", settings.home_currency);
  if (!settings.home_currency.empty() && !money::minor_unit_places(settings.home_currency))
    reader.wrong("home_currency", "is \"" + settings.home_currency +
                                      "\", which is no currency; write its three capital letters, "
                                      "for example USD.");
}

void read_tax(Reader& reader, Settings& settings) {
  reader.attribute("tax_attribute", settings.tax_attribute);
  reader.text("tax_code", settings.tax_code);
  reader.text("purchase_tax_account", settings.purchase_tax_account);
  std::string list;
  reader.text("tax_fee_names", list);
  if (list.empty()) return;
  settings.tax_fee_names.clear();
  for (std::string_view rest = list; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (const auto name = trimmed(rest.substr(0, comma)); !name.empty())
      settings.tax_fee_names.emplace_back(name);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (settings.tax_fee_names.empty())
    reader.wrong("tax_fee_names", "names no fee; write their names with commas between, for "
                                  "example Sales tax, GST.");
}

void read_rate_share(Reader& reader, Settings& settings) {
  std::string share;
  reader.text("rate_share", share);
  if (share.empty()) return;
  const auto number = erp::Decimal::parse(share);
  if (!number || *number <= erp::Decimal(0) || *number > erp::Decimal(1))
    reader.wrong("rate_share",
                 "is \"" + share + "\"; write a number above 0 and up to 1, for example 0.5.");
  else
    settings.rate_share = *number;
}

void read_choices(Reader& reader, Settings& settings) {
  reader.on_off("sync_parts", settings.sync_parts);
  reader.on_off("sync_orders", settings.sync_orders);
  reader.on_off("sync_suppliers", settings.sync_suppliers);
  reader.choice<ItemType>("item_type", settings.item_type,
                          {{"inventory", ItemType::inventory},
                           {"non_inventory", ItemType::non_inventory},
                           {"by_kind", ItemType::by_kind}});
  reader.choice<MissingSupplier>(
      "missing_supplier", settings.missing_supplier,
      {{"report", MissingSupplier::report}, {"create", MissingSupplier::create}});
  reader.choice<CancelledOrders>(
      "cancelled_orders", settings.cancelled_orders,
      {{"close", CancelledOrders::close}, {"delete", CancelledOrders::remove}});
  reader.choice<Receipts>("receipts", settings.receipts,
                          {{"none", Receipts::none},
                           {"bill_per_receipt", Receipts::bill_per_receipt},
                           {"one_bill", Receipts::one_bill},
                           {"close_only", Receipts::close_only}});
  reader.choice<ClosedPeriod>("closed_period", settings.closed_period,
                              {{"hold", ClosedPeriod::hold},
                               {"next_open_day", ClosedPeriod::next_open_day},
                               {"ask", ClosedPeriod::ask}});
  reader.choice<Pace>("pace", settings.pace,
                      {{"documented", Pace::documented}, {"off", Pace::off}});
  if (settings.pace == Pace::off && settings.environment != Environment::emulator)
    reader.wrong("pace", "may be off only with environment=emulator: Intuit shuts out who sends "
                         "too fast; set pace=documented or remove it.");
}

} // namespace

tl::expected<Settings, std::vector<Problem>> parse(std::string_view flat_json) {
  auto values = read_flat(flat_json);
  if (!values) return tl::make_unexpected(std::move(values.error()));
  Reader reader(std::move(*values));
  Settings settings;
  read_environment(reader, settings);
  read_addresses(reader, settings);
  read_app(reader, settings);
  read_accounts(reader, settings);
  reader.attribute("class_attribute", settings.class_attribute);
  reader.attribute("expense_attribute", settings.expense_attribute);
  read_tax(reader, settings);
  read_home_currency(reader, settings);
  read_docnumber_format(reader, settings);
  read_inventory_start_date(reader, settings);
  read_choices(reader, settings);
  read_rate_share(reader, settings);
  reader.refuse_the_rest();
  if (!reader.problems.empty()) return tl::make_unexpected(std::move(reader.problems));
  return settings;
}

std::vector<std::pair<std::string, std::string>> Settings::accounts() const {
  std::vector<std::pair<std::string, std::string>> all = {
      {"ap_account", ap_account},
      {"income_account", income_account},
      {"inventory_asset_account", inventory_asset_account},
      {"inventory_expense_account", inventory_expense_account},
      {"fees_account", fees_account},
      {"purchase_tax_account", purchase_tax_account}};
  for (const auto& [currency, account] : ap_account_by_currency)
    all.emplace_back(std::string(ap_account_prefix) + currency, account);
  return all;
}

std::string Settings::ap_account_for(std::string_view currency, std::string_view home) const {
  const auto found = ap_account_by_currency.find(std::string(currency));
  if (found != ap_account_by_currency.end()) return found->second;
  return currency == home ? ap_account : std::string();
}

} // namespace qb::settings
