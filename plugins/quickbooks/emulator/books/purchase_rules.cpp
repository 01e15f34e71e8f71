#include "change.hpp"
#include "currencies.hpp"

#include <algorithm>
#include <set>

namespace emulator::books {
namespace {

constexpr int custom_fields_max = 3;

bool is_order(const Change& change) {
  return change.info.entity == Entity::purchase_order;
}

bool numbers_are_custom(const Company& company) {
  const auto* other = company.preferences().find("OtherPrefs");
  if (!other) return true;
  for (const auto& entry : other->list_of("NameValue"))
    if (entry.text_of("Name") == "VendorAndPurchasesPrefs.UseCustomTxnNumbers")
      return entry.text_of("Value") == "true";
  return true;
}

/// Numbers an order itself when the company does not use custom numbers and none is sent.
Objection settle_number(const Company& company, Change& change) {
  auto number = change.body.text_of("DocNumber");
  if (number.empty() && is_order(change) && !numbers_are_custom(company)) {
    auto next = company.next_number;
    while (company.number_holder(change.info.entity, std::to_string(next), 0))
      ++next;
    change.body.set("DocNumber", change.before && !change.before->body.text_of("DocNumber").empty()
                                     ? change.before->body.text_of("DocNumber")
                                     : std::to_string(next));
    return {};
  }
  if (number.empty() || change.allow_duplicate_number ||
      company.disputed.is("duplicate_number", "allowed"))
    return {};
  const auto own = change.before ? change.before->id : 0;
  // An own number that was allowed as a duplicate before may stay.
  if (change.before && change.before->body.text_of("DocNumber") == number) return {};
  if (const auto holder = company.number_holder(change.info.entity, number, own))
    return faults::duplicate_number(number, change.info.txn_type, std::to_string(*holder));
  return {};
}

Objection settle_custom_fields(const Company& company, Change& change) {
  std::set<std::string> enabled;
  if (const auto* prefs = company.preferences().find("VendorAndPurchasesPrefs"))
    for (const auto& group : prefs->list_of("POCustomField"))
      for (const auto& field : group.list_of("CustomField"))
        for (int n = 1; n <= custom_fields_max; ++n)
          if (field.text_of("Name") == "PurchasePrefs.UsePurchaseCustom" + std::to_string(n) &&
              field.flag_of("BooleanValue"))
            enabled.insert(std::to_string(n));
  for (const auto& field : change.body.list_of("CustomField"))
    if (!enabled.contains(field.text_of("DefinitionId")))
      return faults::coded("3000", "Invalid Custom Field", field.text_of("DefinitionId"),
                           "CustomField");
  return {};
}

/// An order with bills keeps what the bills stand on: vendor, payables account and the billed
/// lines.
Objection check_linked_order(const Change& change) {
  if (!change.before || change.before->body.list_of("LinkedTxn").empty()) return {};
  const auto& was = change.before->body;
  for (const auto* member : {"VendorRef", "APAccountRef", "CurrencyRef"})
    if (was.ref_of(member) != change.body.ref_of(member))
      return faults::business(
          "The transaction is linked to a bill; its vendor, currency and payables "
          "account cannot be changed.");
  std::set<std::string> kept;
  for (const auto& line : change.body.list_of("Line"))
    kept.insert(line.text_of("Id"));
  for (const auto& line : was.list_of("Line"))
    if (line.number_of("Received").sign() != 0 && !kept.contains(line.text_of("Id")))
      return faults::business("A line that is linked to a bill cannot be removed.");
  return {};
}

Objection settle_order(const Company& company, Change& change, const Record& vendor) {
  auto& order = change.body;
  if (auto objection = settle_custom_fields(company, change)) return objection;
  if (auto objection = check_linked_order(change)) return objection;
  if (!company.preference("AccountingInfoPrefs", "ClassTrackingPerTxn")) order.erase("ClassRef");
  if (!order.find("EmailStatus")) order.set("EmailStatus", "NotSet");
  if (!change.before && !order.find("VendorAddr"))
    if (const auto* address = vendor.body.find("BillAddr")) {
      order.set("VendorAddr", *address);
      order.find("VendorAddr")->erase("Id");
    }
  const bool status_sent = !change.sent.text_of("POStatus").empty();
  if (status_sent)
    change.closed_by_hand = change.sent.text_of("POStatus") == "Closed";
  else if (!change.sparse)
    change.closed_by_hand = false;
  return {};
}

/// The bill's due date from its terms, else from the vendor's, else the bill's own date.
std::string due_date(const Company& company, const Change& change, const Record& vendor) {
  const auto day = change.body.text_of("TxnDate");
  const auto sent = change.body.ref_of("SalesTermRef");
  const auto* term =
      company.find(Entity::term, sent.empty() ? vendor.body.ref_of("TermRef") : sent);
  if (!term || !term->body.find("DueDays")) return day;
  return day_after(day, std::stoi(term->body.number_of("DueDays").text()));
}

Objection settle_bill(const Company& company, Change& change, const Record& vendor) {
  auto& bill = change.body;
  if (auto objection = check_open_period(company, bill.text_of("TxnDate"))) return objection;
  if (change.before)
    if (auto objection = check_open_period(company, change.before->body.text_of("TxnDate")))
      return objection;
  if (!bill.find("SalesTermRef") && !change.before && vendor.body.find("TermRef"))
    bill.set("SalesTermRef", *vendor.body.find("TermRef"));
  if (bill.text_of("DueDate").empty()) bill.set("DueDate", due_date(company, change, vendor));
  const auto paid = change.before ? change.before->body.number_of("TotalAmt") -
                                        change.before->body.number_of("Balance")
                                  : Decimal{};
  const auto balance = bill.number_of("TotalAmt") - paid;
  if (balance.sign() < 0)
    return faults::business("The total of the bill cannot be less than what was paid on it.");
  bill.set("Balance", balance);
  const bool foreign = bill.ref_of("CurrencyRef") != company.home_currency();
  if (foreign)
    bill.set("HomeBalance", (balance * bill.number_of("ExchangeRate")).rounded(2));
  else
    bill.erase("HomeBalance");
  return {};
}

} // namespace

Objection settle_currency(const Company& company, Change& change, const Record& vendor) {
  auto& body = change.body;
  const auto home = company.home_currency();
  auto code = body.ref_of("CurrencyRef");
  if (!company.multicurrency()) {
    if (!code.empty() && code != home)
      return faults::business("Multi Currency should be enabled to perform this operation.");
    body.set("CurrencyRef", reference_to(home));
    body.erase("ExchangeRate");
    return {};
  }
  if (code.empty()) return faults::missing("CurrencyRef");
  if (currency_name(code).empty())
    return faults::coded("2220", "Invalid Currency", code, "CurrencyRef");
  if (code != vendor.body.ref_of("CurrencyRef"))
    return faults::business(
        "The currency of the transaction must be that of the vendor, which is " +
        vendor.body.ref_of("CurrencyRef") + ".");
  if (code == home)
    body.set("ExchangeRate", Decimal{1});
  else if (!body.find("ExchangeRate"))
    body.set("ExchangeRate", rate_of_the_day(code, home));
  else if (body.number_of("ExchangeRate").sign() <= 0)
    return faults::number_range("ExchangeRate", body.number_of("ExchangeRate").text());
  return {};
}

Objection settle_payables(const Company& company, Change& change) {
  const auto code = change.body.ref_of("CurrencyRef");
  if (const auto id = change.body.ref_of("APAccountRef"); !id.empty()) {
    const auto* account = company.find(Entity::account, id);
    if (account->body.text_of("AccountType") != "Accounts Payable")
      return faults::account_type("The account has to be of type Accounts Payable.");
    if (account->body.ref_of("CurrencyRef") != code)
      return faults::business(
          "The currency of the Accounts Payable account must be that of the transaction.");
    return {};
  }
  const Record* only = nullptr;
  for (const auto& [id, account] : company.shelf(Entity::account).records) {
    if (account.body.text_of("AccountType") != "Accounts Payable" || !is_active(account.body) ||
        account.body.ref_of("CurrencyRef") != code)
      continue;
    if (only) return faults::missing("APAccountRef");
    only = &account;
  }
  if (!only)
    return faults::business("There is no Accounts Payable account in the currency " + code + ".");
  change.body.set("APAccountRef", reference_to(std::to_string(only->id)));
  return {};
}

Objection check_open_period(const Company& company, std::string_view day) {
  const auto* prefs = company.preferences().find("AccountingInfoPrefs");
  const auto closed = prefs ? prefs->text_of("BookCloseDate") : std::string{};
  if (closed.empty() || day > closed) return {};
  return faults::coded("6200", "Account Period Closed",
                       "The account period has closed and the account books cannot be updated "
                       "through this date " +
                           closed + ".");
}

Objection settle_purchase(const Company& company, Change& change) {
  const auto* vendor = company.find(Entity::vendor, change.body.ref_of("VendorRef"));
  if (!vendor) return faults::missing("VendorRef");
  if (change.body.text_of("TxnDate").empty()) change.body.set("TxnDate", pacific_day(change.now));
  if (auto objection = settle_currency(company, change, *vendor)) return objection;
  if (auto objection = settle_payables(company, change)) return objection;
  if (auto objection = settle_number(company, change)) return objection;
  if (!company.preference("AccountingInfoPrefs", "TrackDepartments"))
    change.body.erase("DepartmentRef");
  if (auto objection = settle_purchase_lines(company, change)) return objection;
  if (auto objection = settle_purchase_tax(company, change)) return objection;
  if (change.body.number_of("TotalAmt").sign() < 0)
    return faults::business("The total amount of the transaction must be zero or more.");
  return is_order(change) ? settle_order(company, change, *vendor)
                          : settle_bill(company, change, *vendor);
}

} // namespace emulator::books
