#include "shapes.hpp"

#include <array>

namespace emulator::books {
namespace {

using std::string_view;

constexpr std::array<string_view, 2> pay_types = {"Check", "CreditCard"};
constexpr std::array<string_view, 3> print_states = {"NotSet", "NeedToPrint", "PrintComplete"};

const Shape& payment_line_shape() {
  using namespace table;
  static const Shape shape{"Line",
                           {decimal("Amount", required), list("LinkedTxn", linked_txn_shape())},
                           {"Id", "LineNum", "Description", "DetailType", "LineEx"}};
  return shape;
}

const Shape& check_payment_shape() {
  using namespace table;
  static const Shape shape{
      "BillPaymentCheck",
      {ref("BankAccountRef", Entity::account, required), choice("PrintStatus", print_states)},
      {"CheckDetail", "PayeeAddr", "BillPaymentCheckEx"}};
  return shape;
}

const Shape& card_payment_shape() {
  using namespace table;
  static const Shape shape{"BillPaymentCreditCard",
                           {ref("CCAccountRef", Entity::account, required)},
                           {"CCDetail", "BillPaymentCreditCardEx"}};
  return shape;
}

} // namespace

const Shape& bill_payment_shape() {
  using namespace table;
  static const Shape shape{
      "BillPayment",
      {text("DocNumber", 21, filterable), date("TxnDate", sticky | filterable),
       ref("DepartmentRef", Entity::department), code("CurrencyRef"), decimal("ExchangeRate"),
       text("PrivateNote", 4000), ref("VendorRef", Entity::vendor, required | filterable),
       ref("APAccountRef", Entity::account), choice("PayType", pay_types, required),
       part("CheckPayment", check_payment_shape()), part("CreditCardPayment", card_payment_shape()),
       decimal("TotalAmt", required | filterable), list("Line", payment_line_shape(), required)},
      {"CustomField", "TxnStatus", "TxnSource", "TransactionLocationType", "Tag", "TaxFormType",
       "TaxFormNum", "LinkedTxn", "TxnTaxDetail", "ProcessBillPayment", "BillPaymentEx"}};
  return shape;
}

} // namespace emulator::books
