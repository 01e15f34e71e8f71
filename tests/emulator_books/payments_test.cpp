#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

json new_bill(Desk& desk) {
  const std::string order = desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"];
  return desk.post("bill", desk.bill(order, 4))["Bill"]; // 50
}

json read_bill(Desk& desk, const json& bill) {
  return desk.get("bill/" + bill["Id"].get<std::string>())["Bill"];
}

json payment(Desk& desk, const json& bill, double amount) {
  return {{"VendorRef", {{"value", bill["VendorRef"]["value"]}}},
          {"PayType", "Check"},
          {"CheckPayment", {{"BankAccountRef", by_id(desk.id_of("Account", "Checking"))}}},
          {"TotalAmt", amount},
          {"Line",
           {{{"Amount", amount}, {"LinkedTxn", {{{"TxnId", bill["Id"]}, {"TxnType", "Bill"}}}}}}}};
}

double balance_of(Desk& desk, const char* entity, const char* name, const char* member) {
  const std::string path = entity;
  const std::string id = desk.id_of(path, name);
  std::string lower = path;
  lower[0] = static_cast<char>(lower[0] + 32);
  return desk.get(lower + "/" + id)[path.c_str()][member].get<double>();
}

} // namespace

TEST_CASE("a payment lowers what is open on its bill, what is owed, and the money in the bank") {
  Desk desk;
  const auto bill = new_bill(desk);
  const std::string vendor = bill["VendorRef"]["name"];
  const double bank = balance_of(desk, "Account", "Checking", "CurrentBalance");
  const double owed = balance_of(desk, "Vendor", vendor.c_str(), "Balance");
  const auto paid = desk.post("billpayment", payment(desk, bill, 20));
  REQUIRE(paid.status == 200);
  const auto now = read_bill(desk, bill);
  CHECK(now["Balance"] == 30);
  CHECK(now["TotalAmt"] == 50);
  CHECK(now["SyncToken"] == bill["SyncToken"]);
  CHECK(now["LinkedTxn"][1] ==
        json{{"TxnId", paid["BillPayment"]["Id"]}, {"TxnType", "BillPaymentCheck"}});
  CHECK(balance_of(desk, "Account", "Checking", "CurrentBalance") == bank - 20);
  CHECK(balance_of(desk, "Vendor", vendor.c_str(), "Balance") == owed - 20);
}

TEST_CASE("a bill with payments cannot be deleted, and can again when the payment is gone") {
  Desk desk;
  const auto bill = new_bill(desk);
  const auto paid = desk.post("billpayment", payment(desk, bill, 50))["BillPayment"];
  CHECK(read_bill(desk, bill)["Balance"] == 0);
  const json key = {{"Id", bill["Id"]}, {"SyncToken", bill["SyncToken"]}};
  CHECK(desk.post_with("bill", "operation", "delete", key).status == 400);
  const json payment_key = {{"Id", paid["Id"]}, {"SyncToken", paid["SyncToken"]}};
  REQUIRE(desk.post_with("billpayment", "operation", "delete", payment_key).status == 200);
  CHECK(read_bill(desk, bill)["Balance"] == 50);
  CHECK(desk.post_with("bill", "operation", "delete", key).status == 200);
}

TEST_CASE("a bill keeps its payments when it is changed, and not less than they are") {
  Desk desk;
  const std::string order = desk.post("purchaseorder", desk.order())["PurchaseOrder"]["Id"];
  const auto bill = desk.post("bill", desk.bill(order, 4))["Bill"];
  REQUIRE(desk.post("billpayment", payment(desk, bill, 20)).status == 200);
  auto more = desk.bill(order, 6);
  more["Id"] = bill["Id"];
  more["SyncToken"] = bill["SyncToken"];
  const auto changed = desk.post("bill", more);
  REQUIRE(changed.status == 200);
  CHECK(changed["Bill"]["Balance"] == changed["Bill"]["TotalAmt"].get<double>() - 20);
  auto less = desk.bill(order, 1);
  less["Id"] = bill["Id"];
  less["SyncToken"] = changed["Bill"]["SyncToken"];
  CHECK(desk.post("bill", less).status == 400);
}

TEST_CASE("a payment pays no more than is open, of its own vendor, out of a bank account") {
  Desk desk;
  const auto bill = new_bill(desk);
  CHECK(desk.post("billpayment", payment(desk, bill, 51)).status == 400);
  auto other = payment(desk, bill, 10);
  other["CheckPayment"]["BankAccountRef"] = by_id(desk.id_of("Account", "Supplies"));
  CHECK(desk.post("billpayment", other).status == 400);
  auto without = payment(desk, bill, 10);
  without.erase("CheckPayment");
  CHECK(desk.post("billpayment", without).status == 400);
  auto beyond = payment(desk, bill, 10);
  beyond["TotalAmt"] = 5;
  CHECK(desk.post("billpayment", beyond).status == 400);
  CHECK(read_bill(desk, bill)["Balance"] == 50);
}
