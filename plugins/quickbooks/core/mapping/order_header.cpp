#include "core/mapping/order_header.hpp"

#include "core/mapping/address.hpp"
#include "core/mapping/plan.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"
#include "core/money/currency.hpp"

namespace qb::mapping {
namespace {

using qbo::reference_to;

class HeaderMapper {
 public:
  HeaderMapper(const erp::PurchaseOrder& order, const References& references,
               const settings::Settings& settings, Obstacles& obstacles)
      : order_(order), references_(references), settings_(settings), obstacles_(obstacles),
        home_currency_(references.home_currency()),
        takes_currency_(money::minor_unit_places(order.currency) &&
                        (references.multicurrency() || order.currency == home_currency_)) {}

  OrderHeader map() {
    out_.body = qbo::Value::object();
    check_home_currency(references_, settings_, obstacles_);
    add_vendor();
    add_payable_account();
    out_.body.set("CurrencyRef", reference_to(order_.currency));
    if (order_.exchange_rate && order_.currency != home_currency_)
      out_.body.set("ExchangeRate", order_.exchange_rate->trimmed());
    add_number();
    if (order_.ordered_on) out_.body.set("TxnDate", erp::to_string(*order_.ordered_on));
    if (order_.due_on) out_.body.set("DueDate", erp::to_string(*order_.due_on));
    const std::string memo = obstacles_.within(order_.memo.value_or(""), limits::memo, "", "memo");
    if (!memo.empty()) out_.body.set("Memo", memo);
    add_addresses();
    out_.body.set("POStatus",
                  order_.status == erp::PurchaseOrderStatus::ordered ? "Open" : "Closed");
    return std::move(out_);
  }

 private:
  // Of accounts and vendors; those made before multicurrency was turned on are in home currency.
  bool is_in_other_currency(const qbo::Known& known) const {
    if (!references_.multicurrency() || !takes_currency_) return false;
    return (known.currency.empty() ? home_currency_ : known.currency) != order_.currency;
  }

  void add_vendor() {
    const erp::Supplier& supplier = order_.supplier;
    const std::string name = vendor_name(supplier);
    const Match match = references_.vendor(supplier);
    switch (match.result) {
    case Match::Result::found:
      if (is_in_other_currency(match.known)) refuse_vendor_currency(name, match.known.currency);
      out_.vendor_id = match.known.id;
      break;
    case Match::Result::missing:
      if (settings_.missing_supplier == settings::MissingSupplier::create)
        create_vendor();
      else
        obstacles_.add(ObstacleKind::supplier_unknown, name, "", "supplier", {}, match.candidates);
      break;
    case Match::Result::inactive:
      obstacles_.add(ObstacleKind::supplier_inactive, name, "", "supplier");
      break;
    case Match::Result::ambiguous:
      obstacles_.add(ObstacleKind::supplier_ambiguous, name, "", "supplier", {}, match.candidates);
      break;
    }
    out_.body.set("VendorRef", reference_to(out_.vendor_id));
  }

  // A vendor's currency is fixed when it is created (Intuit, Vendor; confirmed), so one that could
  // not take this order is not created.
  void create_vendor() {
    erp::Supplier supplier = order_.supplier;
    if (!supplier.currency) supplier.currency = order_.currency;
    if (takes_currency_ && references_.multicurrency() && *supplier.currency != order_.currency)
      refuse_vendor_currency(vendor_name(supplier), *supplier.currency);
    out_.supplier_without_vendor = std::move(supplier);
  }

  void refuse_vendor_currency(const std::string& name, const std::string& currency) {
    obstacles_.add(ObstacleKind::supplier_currency, name, "", "currency",
                   (currency.empty() ? home_currency_ : currency) + " instead of " +
                       order_.currency);
  }

  void add_payable_account() {
    out_.body.set("APAccountRef", reference_to(takes_currency_ ? payable_account() : ""));
  }

  std::string payable_account() {
    const bool own_setting = order_.currency != home_currency_ ||
                             settings_.ap_account_by_currency.contains(order_.currency);
    const std::string setting = own_setting ? "ap_account." + order_.currency : "ap_account";
    const std::string where = "setting " + setting;
    const std::string name = settings_.ap_account_for(order_.currency, home_currency_);
    if (name.empty()) {
      obstacles_.add(ObstacleKind::setting_missing, setting, where);
      return {};
    }
    const Match match = references_.account(name);
    const std::string id = obstacles_.account(match, name, where, setting);
    if (id.empty()) return {};
    if (match.known.kind != "Accounts Payable")
      obstacles_.add(ObstacleKind::account_wrong_kind, name, where, setting, "Accounts Payable");
    else if (is_in_other_currency(match.known))
      obstacles_.add(ObstacleKind::account_wrong_kind, name, where, setting,
                     "Accounts Payable in " + order_.currency);
    return id;
  }

  void add_number() {
    const std::string number = doc_number(order_, settings_.docnumber_format);
    const bool from_number = settings_.docnumber_format.find("{number}") != std::string::npos;
    check_doc_number(number, number.empty() || (from_number && trimmed(order_.number).empty()),
                     obstacles_);
    out_.body.set("DocNumber", number);
  }

  void add_addresses() {
    const erp::Supplier& supplier = order_.supplier;
    if (supplier.address)
      if (auto address = physical_address(vendor_name(supplier), *supplier.address,
                                          "supplier address", obstacles_))
        out_.body.set("VendorAddr", std::move(*address));
    if (order_.ship_to)
      if (auto address = physical_address(order_.ship_to->name.value_or(""), *order_.ship_to,
                                          "ship-to address", obstacles_))
        out_.body.set("ShipAddr", std::move(*address));
    if (const auto email = usable_email(supplier.email))
      out_.body.set("POEmail", qbo::Value::object().set("Address", *email));
  }

  const erp::PurchaseOrder& order_;
  const References& references_;
  const settings::Settings& settings_;
  Obstacles& obstacles_;
  const std::string home_currency_;
  const bool takes_currency_; // else that is the obstacle, and what follows from it is not said
  OrderHeader out_;
};

} // namespace

OrderHeader order_header(const erp::PurchaseOrder& order, const References& references,
                         const settings::Settings& settings, Obstacles& obstacles) {
  return HeaderMapper(order, references, settings, obstacles).map();
}

void check_doc_number(const std::string& number, bool is_missing, Obstacles& obstacles) {
  if (is_missing)
    obstacles.add(ObstacleKind::number_refused, number, "", "number", "a number");
  else if (has_control_character(number))
    obstacles.add(ObstacleKind::number_refused, number, "", "number",
                  "no tab, line break or other control character");
  else if (limits::length_of(number) > limits::doc_number)
    obstacles.add(ObstacleKind::number_too_long, number, "", "number",
                  std::to_string(limits::doc_number) + " characters");
}

void check_home_currency(const References& references, const settings::Settings& settings,
                         Obstacles& obstacles) {
  const std::string home = references.home_currency();
  if (!settings.home_currency.empty() && settings.home_currency != home)
    obstacles.add(ObstacleKind::home_currency_differs, settings.home_currency, "", "home_currency",
                  home);
}

bool check_currency(const erp::PurchaseOrder& order, const References& references,
                    Obstacles& obstacles) {
  if (!money::minor_unit_places(order.currency)) {
    obstacles.add(ObstacleKind::currency_unknown, order.currency, "", "currency");
    return false;
  }
  if (!references.multicurrency() && order.currency != references.home_currency())
    obstacles.add(ObstacleKind::currency_not_enabled, order.currency, "", "currency",
                  references.home_currency());
  // A rate of exactly one is that of the host's own home currency.
  else if (order.currency != references.home_currency() && order.exchange_rate &&
           *order.exchange_rate == erp::Decimal(1))
    obstacles.add(ObstacleKind::exchange_rate_of_one, order.currency, "", "exchange_rate",
                  references.home_currency());
  return true;
}

std::string doc_number(const erp::PurchaseOrder& order, const std::string& format) {
  std::string number;
  for (std::size_t at = 0; at < format.size();) {
    if (format.compare(at, 4, "{id}") == 0) {
      number += order.id;
      at += 4;
    } else if (format.compare(at, 8, "{number}") == 0) {
      number += order.number;
      at += 8;
    } else {
      number += format[at++];
    }
  }
  return std::string(trimmed(number));
}

} // namespace qb::mapping
