#include "acceptance/bills.hpp"
#include "acceptance/people.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

using namespace acceptance;

namespace {

const std::vector<std::pair<std::string, std::string>> all_lines = {
    {"1", "10"}, {"2", "3"}, {"3", "1"}};

// The books are closed until that day.
void close_books(const World& world, const std::string& day) {
  Json preferences = world.admin_read("preferences")["Preferences"], group = Json::object();
  group.set("BookCloseDate", day);
  Json change = Json::object();
  change.set("Id", preferences["Id"].text())
      .set("SyncToken", preferences["SyncToken"].text())
      .set("AccountingInfoPrefs", group);
  Json sparse = Json::parse(change.dump());
  sparse.set("sparse", Json::parse("true"));
  world.admin_write("preferences", sparse);
}

// A bookkeeper pays a part of the bill by check.
void pay_in_part(const World& world, const Json& bill) {
  Json link = Json::object(), line = Json::object(), lines = Json::array(), links = Json::array();
  link.set("TxnId", bill["Id"]).set("TxnType", "Bill");
  links.push(link);
  line.set("Amount", Json::parse("1")).set("LinkedTxn", links);
  lines.push(line);
  Json payment = Json::object(), check = Json::object();
  check.set("BankAccountRef", reference_to(in_books(world, "Account", "Checking")));
  payment.set("VendorRef", bill["VendorRef"]).set("PayType", "Check").set("CheckPayment", check);
  payment.set("TotalAmt", Json::parse("1")).set("Line", lines);
  world.admin_write("billpayment", payment);
}

void nothing_is_open(const World& world) {
  CHECK(world.open_issues().size() == 0);
  CHECK(world.run_json({"outbox", "list", "--open"}).size() == 0);
}

} // namespace

TEST_CASE("a corrected receipt changes its bill, and what is on hand") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", all_lines, true)));
  CHECK(status_of(world, "1042") == "Closed");
  world.deliver(receipt_corrected("e-3", order, receipt_of("R-1", {{"1", "7"}, {"2", "3"}})));
  CHECK(world.count("Bill") == 1);
  const Json held = bill(world, "R-1");
  CHECK(held["Line"].size() == 3);
  CHECK(linked_lines(held) == 3);
  CHECK(plain(held["TotalAmt"].text()) == "239.24"); // 87.5 + 136.74 + 15
  CHECK(on_hand(world, "300500 Rev A") == "7");
  CHECK(status_of(world, "1042") == "Open");
  world.deliver(po_received("e-4", order, receipt_of("R-2", {{"1", "3"}, {"3", "1"}}, true)));
  CHECK(billed_in_all(world) == "366.64");
  CHECK(status_of(world, "1042") == "Closed");
  nothing_is_open(world);
}

TEST_CASE("a receipt of which nothing came in after all takes its bill away") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", all_lines, true)));
  world.deliver(receipt_corrected("e-3", order, receipt_of("R-1", {})));
  CHECK(world.count("Bill") == 0);
  CHECK(on_hand(world, "300500 Rev A") == "0");
  CHECK(status_of(world, "1042") == "Open");
  world.deliver(po_received("e-4", order, receipt_of("R-2", all_lines, true)));
  CHECK(billed_in_all(world) == "366.64");
  CHECK(status_of(world, "1042") == "Closed");
  nothing_is_open(world);
}

TEST_CASE("a cancelled order stays closed when a correction gives back what was billed") {
  const World world(receiving("bill_per_receipt"));
  Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", all_lines, true)));
  order.version = 2;
  order.status = "cancelled";
  world.deliver(po_cancelled("e-3", order));
  world.deliver(receipt_corrected("e-4", order, receipt_of("R-1", {{"1", "7"}})));
  CHECK(plain(bill(world, "R-1")["TotalAmt"].text()) == "102.5"); // 87.5 + 15
  CHECK(status_of(world, "1042") == "Closed");
  world.deliver(receipt_corrected("e-5", order, receipt_of("R-1", {})));
  CHECK(world.count("Bill") == 0);
  CHECK(status_of(world, "1042") == "Closed");
  nothing_is_open(world);

  // Ordered once more it is open, and corrections leave it so.
  order.version = 3;
  order.status = "ordered";
  world.deliver(po_ordered("e-6", order) +
                po_received("e-7", order, receipt_of("R-2", all_lines, true)));
  CHECK(status_of(world, "1042") == "Closed");
  world.deliver(receipt_corrected("e-8", order, receipt_of("R-2", {{"1", "7"}})));
  CHECK(status_of(world, "1042") == "Open");
  nothing_is_open(world);
}

TEST_CASE("by setting a cancelled order is deleted when a correction takes its bill away") {
  const World world(receiving("bill_per_receipt", {{"cancelled_orders", "delete"}}));
  Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", all_lines, true)));
  order.version = 2;
  order.status = "cancelled";
  world.deliver(po_cancelled("e-3", order));
  CHECK(status_of(world, "1042") == "Closed");
  world.deliver(receipt_corrected("e-4", order, receipt_of("R-1", {})));
  CHECK(world.count("Bill") == 0);
  CHECK(world.count("PurchaseOrder") == 0);
  nothing_is_open(world);
}

TEST_CASE("an order that is gone in QuickBooks when it must be read is cancelled without a word") {
  for (const char* setting : {"delete", "close"}) {
    CAPTURE(setting);
    const World world(receiving("bill_per_receipt", {{"cancelled_orders", setting}}));
    Order order = order_numbered("1042");
    world.deliver(po_ordered("e-1", order) +
                  po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})));
    world.deliver(receipt_corrected("e-3", order, receipt_of("R-1", {})));
    delete_in_quickbooks(world, "purchaseorder", world.purchase_order("1042"));
    order.version = 2;
    order.status = "cancelled";
    world.deliver(po_cancelled("e-4", order));
    nothing_is_open(world);
  }
}

TEST_CASE("a deletion whose answer is lost is done once") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})));
  world.fault(R"({"method":"POST","path":"bill","action":"lost_answer"})");
  world.deliver(receipt_corrected("e-3", order, receipt_of("R-1", {})));
  CHECK(world.faults_fired() == 1);
  CHECK(world.count("Bill") == 0);
  nothing_is_open(world);
}

TEST_CASE("a bill that is paid is left alone, and a person is told") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})));
  pay_in_part(world, bill(world, "R-1"));
  const Json issue = blocked(
      world, receipt_corrected("e-3", order, receipt_of("R-1", {{"1", "9"}})), "receipt/R-1");
  CHECK(has(issue["title"].text(), "has payments"));
  CHECK(plain(bill(world, "R-1")["TotalAmt"].text()) == "125");
  reads_plainly(issue);
}

TEST_CASE(
    "a link that QuickBooks drops is told, the bill is never made twice, and a cure is seen") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order));
  // A person closes the order in QuickBooks, and we do not know of it yet.
  Json closed = world.purchase_order("1042");
  closed.set("POStatus", "Closed");
  world.admin_write("purchaseorder", closed);
  const Json issue =
      blocked(world, po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})), "receipt/R-1");
  CHECK(has(issue["title"].text(), "Bill R-1"));
  CHECK(has(issue["title"].text(), "line 1"));
  reads_plainly(issue);
  REQUIRE(world.count("Bill") == 1);
  CHECK(linked_lines(bill(world, "R-1")) == 0);
  world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text()});
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("Bill") == 1);

  // The bookkeeper reopens the order and puts its line on the bill instead of ours.
  Json opened = world.purchase_order("1042");
  opened.set("POStatus", "Open");
  world.admin_write("purchaseorder", opened);
  Json mended = bill(world, "R-1");
  Json link = Json::parse(R"([{"TxnId":")" + opened["Id"].text() +
                          R"(","TxnType":"PurchaseOrder","TxnLineId":")" +
                          opened["Line"].at(0)["Id"].text() + R"("}])");
  mended.member("Line").item(0).erase("Id");
  mended.member("Line").item(0).set("LinkedTxn", link);
  world.admin_write("bill", mended);
  REQUIRE(linked_lines(bill(world, "R-1")) == 1);
  world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text()});
  world.must({"drain", "quickbooks"});
  nothing_is_open(world);
  CHECK(world.count("Bill") == 1);

  // The line that the person put there is ours from now on.
  world.deliver(receipt_corrected("e-3", order, receipt_of("R-1", {{"1", "8"}})));
  CHECK(bill(world, "R-1")["Line"].size() == 1);
  CHECK(linked_lines(bill(world, "R-1")) == 1);
  CHECK(plain(bill(world, "R-1")["TotalAmt"].text()) == "100");
  CHECK(on_hand(world, "300500 Rev A") == "8");
}

TEST_CASE("a bill of a closed period waits until the books are open") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  close_books(world, "2026-11-30");
  world.must({"run", "quickbooks", "refresh"});
  world.deliver(po_ordered("e-1", order));
  const Json issue =
      blocked(world, po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})), "receipt/R-1");
  CHECK(has(issue["title"].text(), "2026-11-30"));
  CHECK(world.count("Bill") == 0);
  close_books(world, "2026-10-31");
  world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text()});
  world.must({"drain", "quickbooks"});
  CHECK(bill(world, "R-1")["TxnDate"].text() == "2026-11-25");
  nothing_is_open(world);
}

TEST_CASE("by setting a bill of a closed period is dated on the next open day, and says so") {
  const World world(receiving("bill_per_receipt", {{"closed_period", "next_open_day"}}));
  const Order order = order_numbered("1042");
  close_books(world, "2026-11-30");
  world.must({"run", "quickbooks", "refresh"});
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})));
  const Json held = bill(world, "R-1");
  CHECK(held["TxnDate"].text() == "2026-12-01");
  CHECK(has(held["PrivateNote"].text(), "closed until 2026-11-30"));
  CHECK(has(entry_of(world, "receipt/R-1")["note"].text(), "dated 2026-12-01"));
  // Nothing of a closed period is changed.
  close_books(world, "2026-12-31");
  world.must({"run", "quickbooks", "refresh"});
  const Json issue = blocked(
      world, receipt_corrected("e-3", order, receipt_of("R-1", {{"1", "9"}})), "receipt/R-1");
  CHECK(has(issue["title"].text(), "closed period"));
  CHECK(plain(bill(world, "R-1")["TotalAmt"].text()) == "125");
}

TEST_CASE("by setting a person chooses the day of a bill of a closed period") {
  const World world(receiving("bill_per_receipt", {{"closed_period", "ask"}}));
  const Order order = order_numbered("1042");
  close_books(world, "2026-11-30");
  world.must({"run", "quickbooks", "refresh"});
  world.deliver(po_ordered("e-1", order));
  const Json issue =
      blocked(world, po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})), "receipt/R-1");
  CHECK(has(issue["remedy"].text(), "--next-open-day"));
  world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text(), "--next-open-day"});
  world.must({"drain", "quickbooks"});
  CHECK(bill(world, "R-1")["TxnDate"].text() == "2026-12-01");
  nothing_is_open(world);
}

TEST_CASE("books that were closed behind our back are met by what QuickBooks says") {
  const World world(receiving("bill_per_receipt", {{"closed_period", "next_open_day"}}));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order));
  close_books(world, "2026-11-30");
  const Json issue =
      blocked(world, po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})), "receipt/R-1");
  CHECK(issue["code"].text() == "6200");
  world.must({"run", "quickbooks", "refresh"});
  world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text()});
  world.must({"drain", "quickbooks"});
  CHECK(bill(world, "R-1")["TxnDate"].text() == "2026-12-01");
  nothing_is_open(world);
}

TEST_CASE("the one bill of an order grows with each receipt, and keeps what others added") {
  const World world(receiving("one_bill"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  world.deliver(po_received("e-2", order, receipt_of("R-1", {{"1", "4"}, {"2", "1"}})));
  const Json first = bill(world, "1042");
  CHECK(plain(first["TotalAmt"].text()) == "110.58");
  const std::string id_of_first_line = first["Line"].at(0)["Id"].text();
  Json more = first;
  more.member("Line").push(Json::parse(
      R"({"Amount":20,"Description":"Pallet deposit","DetailType":"AccountBasedExpenseLineDetail",)"
      R"("AccountBasedExpenseLineDetail":{"AccountRef":{"value":")" +
      in_books(world, "Account", "Shop Supplies")["Id"].text() + R"("}}})"));
  more.set("DocNumber", "INV-8871"); // the supplier's invoice came in
  world.admin_write("bill", more);

  world.deliver(
      po_received("e-3", order, receipt_of("R-2", {{"1", "6"}, {"2", "2"}, {"3", "1"}}, true)));
  CHECK(world.count("Bill") == 1);
  const Json grown = bill(world, "INV-8871");
  CHECK(plain(grown["TotalAmt"].text()) == "386.64");
  CHECK(grown["Line"].size() == 5);
  CHECK(linked_lines(grown) == 4);
  CHECK(grown["Line"].at(0)["Id"].text() == id_of_first_line);
  CHECK(plain(grown["Line"].at(0)["ItemBasedExpenseLineDetail"]["Qty"].text()) == "10");
  CHECK(on_hand(world, "300500 Rev A") == "10");
  CHECK(status_of(world, "1042") == "Closed");

  world.deliver(receipt_corrected("e-4", order, receipt_of("R-1", {{"1", "3"}, {"2", "1"}})));
  CHECK(on_hand(world, "300500 Rev A") == "9");
  CHECK(status_of(world, "1042") == "Open");
  nothing_is_open(world);
}

TEST_CASE(
    "with close_only a complete receipt closes the order, a partial one says why it does not") {
  const World world(receiving("close_only"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  const Json before = world.purchase_order("1042");
  world.deliver(po_received("e-2", order, receipt_of("R-1", {{"1", "4"}})));
  CHECK(status_of(world, "1042") == "Open");
  CHECK(has(entry_of(world, "receipt/R-1")["note"].text(), "not complete"));
  world.deliver(
      po_received("e-3", order, receipt_of("R-2", {{"1", "6"}, {"2", "3"}, {"3", "1"}}, true)));
  const Json after = world.purchase_order("1042");
  CHECK(after["POStatus"].text() == "Closed");
  CHECK(after["Line"].dump() == before["Line"].dump());
  CHECK(after["PrivateNote"].text() == before["PrivateNote"].text());
  CHECK(world.count("Bill") == 0);
  everything_is_out(world);
}

TEST_CASE("a change of the order after a bill reads it once and keeps what the bill is linked to") {
  const World world(receiving("bill_per_receipt"));
  Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "4"}})));
  world.reset_counts();
  order.version = 2;
  order.memo = "To dock 4";
  order.lines.erase(order.lines.begin()); // which the bill is linked to
  world.emit(po_ordered("e-3", order));
  world.drain();
  CHECK(world.counted("writes") == 1);
  CHECK(world.counted("metered") == 1);
  const Json after = world.purchase_order("1042");
  CHECK(after["Memo"].text() == "To dock 4");
  CHECK(after["Line"].size() == 4);
  CHECK(linked_lines(bill(world, "R-1")) == 2);
  CHECK(world.open_issues().size() == 1);
}

TEST_CASE("an answer of a bill that is lost makes no second bill") {
  for (const char* accident : {R"("action":"lost_answer")", R"("action":"truncate","bytes":25)",
                               R"("action":"status","status":503)", R"("action":"cut")"}) {
    CAPTURE(accident);
    const World world(receiving("bill_per_receipt"));
    const Order order = order_of_every_kind();
    world.deliver(po_ordered("e-1", order));
    world.fault(R"({"method":"POST","path":"bill",)" + std::string(accident) + "}");
    world.deliver(po_received("e-2", order, receipt_of("R-1", all_lines, true)));
    CHECK(world.faults_fired() == 1);
    CHECK(world.count("Bill") == 1);
    CHECK(on_hand(world, "300500 Rev A") == "10");
    CHECK(status_of(world, "1042") == "Closed");
    everything_is_out(world);
  }
}

TEST_CASE("a change of a bill whose answer is lost is made once") {
  const World world(receiving("one_bill"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "4"}})));
  world.fault(R"({"method":"POST","path":"bill","action":"lost_answer"})");
  world.deliver(
      po_received("e-3", order, receipt_of("R-2", {{"1", "6"}, {"2", "3"}, {"3", "1"}}, true)));
  CHECK(world.faults_fired() == 1);
  CHECK(world.count("Bill") == 1);
  CHECK(billed_in_all(world) == "366.64");
  CHECK(on_hand(world, "300500 Rev A") == "10");
  everything_is_out(world);
}

TEST_CASE("a host that is killed while bills go out makes each of them once") {
  const World world(receiving("bill_per_receipt"));
  std::string events;
  for (int i = 1; i <= 12; ++i) {
    const std::string id = std::to_string(i);
    events += po_ordered("o-" + id, order_numbered(id)) +
              po_received("r-" + id, order_numbered(id), receipt_of("R-" + id, {{"1", "4"}})) +
              po_received("s-" + id, order_numbered(id), receipt_of("S-" + id, {{"1", "6"}}, true));
  }
  world.emit(events);
  for (const int ms : {150, 300, 450, 700}) {
    auto program = world.start_host({"drain", "quickbooks"});
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    program.kill_hard();
  }
  world.must({"drain", "quickbooks", "--timeout", "200"});
  CHECK(world.count("Bill") == 24);
  CHECK(billed_in_all(world) == "1500");
  CHECK(on_hand(world, "300500 Rev A") == "120");
  nothing_is_open(world);
}

TEST_CASE("a bill that a bookkeeper entered by hand is not made again") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order));
  const Json held = world.purchase_order("1042");
  world.admin_write(
      "bill", Json::parse(R"({"DocNumber":"R-1","VendorRef":)" + held["VendorRef"].dump() +
                          R"(,"Line":[{"Amount":125,"DetailType":"AccountBasedExpenseLineDetail",)"
                          R"("AccountBasedExpenseLineDetail":{"AccountRef":{"value":")" +
                          in_books(world, "Account", "Shop Supplies")["Id"].text() + R"("}}}]})"));
  const Json issue =
      blocked(world, po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})), "receipt/R-1");
  CHECK(has(issue["meaning"].text(), "by hand"));
  CHECK(world.count("Bill") == 1);
}

TEST_CASE("receipts that came while none were wanted are sent later, each once") {
  const World world(receiving("none"));
  const Order order = order_of_every_kind(), other = order_numbered("7");
  world.deliver(po_ordered("e-1", order) + po_ordered("e-2", other));
  world.deliver(
      po_received("e-3", order, receipt_of("R-1", {{"1", "4"}, {"2", "1"}})) +
      po_received("e-4", order, receipt_of("R-2", {{"1", "6"}, {"2", "2"}, {"3", "1"}}, true)));
  Receipt early = receipt_of("R-7", {{"1", "10"}}, true);
  early.received_on = "2026-11-21";
  world.deliver(po_received("e-5", other, early));
  CHECK(world.count("Bill") == 0);
  fails_and_says(world.host({"run", "quickbooks", "receipts", "replay", "--since", "2026-11-22"}),
                 {"receipts is none"});

  world.set({{"receipts", "bill_per_receipt"}});
  fails_and_says(world.host({"run", "quickbooks", "receipts", "replay", "--since", "soon"}),
                 {"2026-11-01"});
  const Json planned = world.run_json({"receipts", "replay", "--since", "2026-11-22", "--dry-run"});
  REQUIRE(planned.size() == 2);
  CHECK(planned.at(0)["subject"].text() == "receipt/R-1");
  CHECK(planned.at(0)["action"].text() == "send");
  CHECK(world.run_json({"outbox", "list", "--open"}).size() == 0);

  CHECK(has(world.must({"run", "quickbooks", "receipts", "replay", "--since", "2026-11-22"}).out,
            "2 of 2 receipts handed over"));
  world.must({"drain", "quickbooks"});
  CHECK(world.count("Bill") == 2);
  CHECK(billed_in_all(world) == "366.64");
  CHECK(status_of(world, "1042") == "Closed");
  CHECK(status_of(world, "7") == "Open");
  CHECK(entry_of(world, "receipt/R-2")["note"].text() == "created");
  const Json tries = world.run_json(
      {"outbox", "show", entry_of(world, "receipt/R-2")["id"].text()})["attempts_made"];
  REQUIRE(tries.size() == 1);
  CHECK(tries.at(0)["cause"].text() == "backfill");

  const Json again = world.run_json({"receipts", "replay", "--since", "2026-11-22"});
  CHECK(again.at(0)["action"].text() == "billed");
  world.must({"drain", "quickbooks"});
  CHECK(world.count("Bill") == 2);
  nothing_is_open(world);
}
