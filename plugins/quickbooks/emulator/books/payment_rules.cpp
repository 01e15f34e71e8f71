#include "change.hpp"

#include <map>

namespace emulator::books {
namespace {

/// Money leaves a bank account by check, or a debt on a card grows.
Objection settle_source(const Company& company, const Change& change) {
  const bool by_check = change.body.text_of("PayType") == "Check";
  const auto* source = by_check ? "CheckPayment" : "CreditCardPayment";
  const auto* part = change.body.find(source);
  if (!part) return faults::missing(source);
  const auto* account =
      company.find(Entity::account, part->ref_of(by_check ? "BankAccountRef" : "CCAccountRef"));
  const std::string_view wanted = by_check ? "Bank" : "Credit Card";
  if (!account || account->body.text_of("AccountType") != wanted)
    return faults::account_type("The account has to be of type " + std::string{wanted} + ".");
  return {};
}

/// What this payment paid on the bill before it is changed.
Decimal paid_before(const Change& change, std::string_view bill_id) {
  Decimal sum;
  if (change.before)
    for (const auto& line : change.before->body.list_of("Line"))
      for (const auto& link : line.list_of("LinkedTxn"))
        if (link.text_of("TxnId") == bill_id) sum = sum + line.number_of("Amount");
  return sum;
}

Objection check_bill(const Company& company, const Change& change, const std::string& id,
                     const Decimal& amount) {
  const auto* bill = company.find(Entity::bill, id);
  if (!bill) return faults::dangling("Transactions", id, "Line.LinkedTxn");
  for (const auto* member : {"VendorRef", "APAccountRef", "CurrencyRef"})
    if (bill->body.ref_of(member) != change.body.ref_of(member))
      return faults::business("A payment and its bills must have one vendor, one payables account "
                              "and one currency.");
  if (amount > bill->body.number_of("Balance") + paid_before(change, id))
    return faults::business("The payment is more than what is open on the bill.");
  return {};
}

} // namespace

Objection settle_payment(const Company& company, Change& change) {
  auto& body = change.body;
  const auto* vendor = company.find(Entity::vendor, body.ref_of("VendorRef"));
  if (!vendor) return faults::missing("VendorRef");
  if (body.text_of("TxnDate").empty()) body.set("TxnDate", pacific_day(change.now));
  if (auto objection = check_open_period(company, body.text_of("TxnDate"))) return objection;
  if (auto objection = settle_currency(company, change, *vendor)) return objection;
  if (auto objection = settle_payables(company, change)) return objection;
  if (auto objection = settle_source(company, change)) return objection;
  std::map<std::string, Decimal> on_bill;
  Decimal applied;
  for (const auto& line : body.list_of("Line")) {
    const auto& links = line.list_of("LinkedTxn");
    if (links.size() != 1 || links.front().text_of("TxnType") != "Bill")
      return faults::business("Each line of a payment is linked to one bill.");
    auto& sum = on_bill[links.front().text_of("TxnId")];
    sum = sum + line.number_of("Amount");
    applied = applied + line.number_of("Amount");
  }
  for (const auto& [id, amount] : on_bill)
    if (auto objection = check_bill(company, change, id, amount)) return objection;
  // What is paid beyond the bills stays with the vendor as a credit.
  if (body.number_of("TotalAmt").sign() < 0 || applied > body.number_of("TotalAmt"))
    return faults::business("The lines of a payment cannot be more than its total.");
  return {};
}

} // namespace emulator::books
