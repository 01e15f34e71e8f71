#include "acceptance/bills.hpp"
#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

const Receipt whole{.complete = true, .lines = {{"1", "10"}, {"2", "3"}, {"3", "1"}}};

} // namespace

TEST_CASE("a receipt of the whole order becomes a bill, and the purchase order closes") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  world.deliver(po_received("e-2", order, whole));

  const Json held = bill(world, "R-1"), purchase_order = world.purchase_order("1042");
  CHECK(held["VendorRef"]["value"].text() == purchase_order["VendorRef"]["value"].text());
  CHECK(held["APAccountRef"]["value"].text() == purchase_order["APAccountRef"]["value"].text());
  CHECK(held["TxnDate"].text() == "2026-11-25");
  CHECK(held["PrivateNote"].text() == "Project Kite\n[erp:receipt/R-1]");
  CHECK(plain(held["TotalAmt"].text()) == "366.64");
  REQUIRE(held["Line"].size() == 4);
  CHECK(linked_lines(held) == 4);
  const Json& odd = held["Line"].at(1);
  CHECK(plain(odd["Amount"].text()) == "136.74");
  CHECK(plain(odd["ItemBasedExpenseLineDetail"]["UnitPrice"].text()) == "45.5805");
  CHECK(odd["ItemBasedExpenseLineDetail"].has("ClassRef"));
  CHECK(purchase_order["POStatus"].text() == "Closed");
  CHECK(on_hand(world, "300500 Rev A") == "10");
  CHECK(on_hand(world, "771003") == "3");
  everything_is_out(world);
}

TEST_CASE("a receipt that is emitted again, or repeated with equal content, writes nothing") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) + po_received("e-2", order, whole));
  world.reset_counts();
  world.deliver(po_received("e-2", order, whole) + po_received("e-3", order, whole) +
                receipt_corrected("e-4", order, whole));
  CHECK(world.counted("calls") == 0);
  CHECK(world.count("Bill") == 1);
  CHECK(on_hand(world, "300500 Rev A") == "10");
}

TEST_CASE("a steady receipt costs one write and no read") {
  const World world(receiving("bill_per_receipt"));
  world.deliver(po_ordered("e-1", order_numbered("1")));
  world.reset_counts();
  world.deliver(po_received("e-2", order_numbered("1"), receipt_of("R-1", {{"1", "10"}})));
  CHECK(world.counted("writes") == 1);
  CHECK(world.counted("metered") == 0);
}

TEST_CASE("three partial receipts make three bills that together are the order to the cent") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  world.deliver(po_received("e-2", order, receipt_of("R-1", {{"1", "4"}, {"2", "1"}})));
  CHECK(status_of(world, "1042") == "Open");
  CHECK(plain(bill(world, "R-1")["TotalAmt"].text()) == "110.58"); // 50 + 45.58 + the fee of 15
  world.deliver(po_received("e-3", order, receipt_of("R-2", {{"1", "5"}, {"2", "1"}, {"3", "1"}})));
  CHECK(status_of(world, "1042") == "Open");
  world.deliver(po_received("e-4", order, receipt_of("R-3", {{"1", "1"}, {"2", "1"}}, true)));
  CHECK(status_of(world, "1042") == "Closed");
  CHECK(world.count("Bill") == 3);
  CHECK(billed_in_all(world) == "366.64");
  CHECK(on_hand(world, "300500 Rev A") == "10");
  CHECK(on_hand(world, "771003") == "3");
  everything_is_out(world);
}

TEST_CASE("receipts that come in one go are billed one after the other") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(
      po_ordered("e-1", order) +
      po_received("e-2", order, receipt_of("R-1", {{"1", "4"}, {"2", "1"}})) +
      po_received("e-3", order, receipt_of("R-2", {{"1", "6"}, {"2", "2"}, {"3", "1"}}, true)));
  CHECK(world.count("Bill") == 2);
  CHECK(billed_in_all(world) == "366.64");
  CHECK(status_of(world, "1042") == "Closed");
}

TEST_CASE("more than was ordered is billed at the unit price, in a line that is not linked") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  world.deliver(
      po_received("e-2", order, receipt_of("R-1", {{"1", "12"}, {"2", "3"}, {"3", "1"}}, true)));
  const Json held = bill(world, "R-1");
  CHECK(held["Line"].size() == 5);
  CHECK(linked_lines(held) == 4);
  CHECK(plain(held["TotalAmt"].text()) == "391.64"); // two more at 12.5
  CHECK(on_hand(world, "300500 Rev A") == "12");
  CHECK(status_of(world, "1042") == "Closed");
  everything_is_out(world);
}

TEST_CASE("what comes after the order was complete is billed all the same, and links to nothing") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})));
  world.deliver(po_received("e-3", order, receipt_of("R-2", {{"1", "1"}})));
  CHECK(linked_lines(bill(world, "R-2")) == 0);
  CHECK(plain(bill(world, "R-2")["TotalAmt"].text()) == "12.5");
  CHECK(on_hand(world, "300500 Rev A") == "11");
  everything_is_out(world);
}

TEST_CASE("a receipt whose order was never sent brings the order along, first") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_received("e-1", order, whole));
  CHECK(plain(world.purchase_order("1042")["TotalAmt"].text()) == "366.64");
  CHECK(linked_lines(bill(world, "R-1")) == 4);
  CHECK(status_of(world, "1042") == "Closed");
  everything_is_out(world);
}

TEST_CASE("a receipt waits for its order that is held up, and goes out with it") {
  const World world(receiving("bill_per_receipt"));
  Order order = order_of_every_kind();
  order.lines[2].expense_code = "Lost Code";
  world.emit(po_ordered("e-1", order) + po_received("e-2", order, whole));
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("Bill") == 0);
  const Json issue = issue_of(world.open_issues(), "receipt/R-1");
  CHECK(has(issue["title"].text(), "Lost Code"));
  add_account(world, "Lost Code");
  world.must({"run", "quickbooks", "refresh"});
  world.must({"drain", "quickbooks"});
  CHECK(linked_lines(bill(world, "R-1")) == 4);
  everything_is_out(world);
}

TEST_CASE("goods without part and without quantity are billed by amount") {
  const World world(receiving("bill_per_receipt"));
  Order order = order_numbered("1042");
  order.lines = {Line{.id = "1",
                      .part = std::nullopt,
                      .description = "Calibration of the press",
                      .quantity = std::nullopt,
                      .unit_cost = std::nullopt,
                      .total = "480.5",
                      .expense_code = "Shop Supplies"}};
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "1"}})));
  const Json held = bill(world, "R-1");
  CHECK(plain(held["TotalAmt"].text()) == "480.5");
  CHECK(linked_lines(held) == 1);
  CHECK(status_of(world, "1042") == "Closed");
}

TEST_CASE("a receipt of a line that the order does not have is held back with its name") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order));
  const Json issue =
      blocked(world, po_received("e-2", order, receipt_of("R-1", {{"1", "1"}, {"77", "2"}})),
              "receipt/R-1");
  CHECK(has(issue["title"].text(), "line 77"));
  CHECK(world.count("Bill") == 0);
  // The corrected receipt takes its place.
  world.deliver(receipt_corrected("e-3", order, receipt_of("R-1", {{"1", "1"}})));
  CHECK(plain(bill(world, "R-1")["TotalAmt"].text()) == "12.5");
  CHECK(world.open_issues().size() == 0);
  CHECK(world.run_json({"outbox", "list", "--open"}).size() == 0);
}

TEST_CASE("thirty orders and their receipts go out in few calls") {
  const World world(receiving("bill_per_receipt"));
  std::string orders, receipts;
  for (int i = 1; i <= 30; ++i) {
    const std::string id = std::to_string(i);
    orders += po_ordered("o-" + id, order_numbered(id));
    receipts +=
        po_received("r-" + id, order_numbered(id), receipt_of("R-" + id, {{"1", "10"}}, true));
  }
  world.deliver(orders);
  world.reset_counts();
  world.deliver(receipts);
  CHECK(world.count("Bill") == 30);
  CHECK(world.counted("calls") == 1); // a batch
  CHECK(on_hand(world, "300500 Rev A") == "300");
  CHECK(billed_in_all(world) == "3750");
}
