#include "payment_effects.hpp"
#include "bill_effects.hpp"

namespace emulator::books {
namespace {

void apply_to_bill(Company& company, const Record& payment, const Value& line, int direction,
                   Instant now) {
  auto* bill = company.find(Entity::bill, line.list_of("LinkedTxn").front().text_of("TxnId"));
  if (!bill) return;
  const auto balance =
      bill->body.number_of("Balance") - line.number_of("Amount") * Decimal{direction};
  bill->body.set("Balance", balance);
  if (bill->body.find("HomeBalance"))
    bill->body.set("HomeBalance", (balance * bill->body.number_of("ExchangeRate")).rounded(2));
  set_link(bill->body, std::to_string(payment.id), "BillPayment" + payment.body.text_of("PayType"),
           direction > 0);
  bill->updated = now;
}

void move_payment(Company& company, const Record& payment, int direction, Instant now) {
  const auto& body = payment.body;
  const auto total = body.number_of("TotalAmt") * Decimal{direction};
  for (const auto& line : body.list_of("Line"))
    apply_to_bill(company, payment, line, direction, now);
  if (auto* vendor = company.find(Entity::vendor, body.ref_of("VendorRef"))) {
    vendor->body.set("Balance", vendor->body.number_of("Balance") - total);
    vendor->updated = now;
  }
  add_to_account(company, body.ref_of("APAccountRef"), total, now);
  if (const auto* check = body.find("CheckPayment"))
    add_to_account(company, check->ref_of("BankAccountRef"), -total, now);
  if (const auto* card = body.find("CreditCardPayment"))
    add_to_account(company, card->ref_of("CCAccountRef"), -total, now);
}

} // namespace

void post_payment(Company& company, const Record& payment, Instant now) {
  move_payment(company, payment, 1, now);
}

void unpost_payment(Company& company, const Record& payment, Instant now) {
  move_payment(company, payment, -1, now);
}

} // namespace emulator::books
