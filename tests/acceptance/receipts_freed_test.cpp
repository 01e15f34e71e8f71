#include "acceptance/bills.hpp"
#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("what came in beyond the order takes the place that a correction leaves on it") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042"); // ten of one part
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "10"}})));
  world.deliver(po_received("e-3", order, receipt_of("R-2", {{"1", "3"}})));
  CHECK(linked_lines(bill(world, "R-2")) == 0);
  world.deliver(receipt_corrected("e-4", order, receipt_of("R-1", {{"1", "8"}})));
  CHECK(linked_lines(bill(world, "R-2")) == 1); // two of the three
  CHECK(bill(world, "R-2")["Line"].size() == 2);
  CHECK(billed_in_all(world) == "137.5");
  CHECK(status_of(world, "1042") == "Closed");
  everything_is_out(world);
}

TEST_CASE("a fee whose bill is taken away goes on another bill of the order") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "4"}})));
  world.deliver(po_received("e-3", order, receipt_of("R-2", {{"1", "6"}})));
  CHECK(billed_in_all(world) == "140"); // 125 and the fee of 15
  world.deliver(receipt_corrected("e-4", order, receipt_of("R-1", {})));
  CHECK(world.count("Bill") == 1);
  CHECK(billed_in_all(world) == "90"); // 75 and the fee
  CHECK(linked_lines(bill(world, "R-2")) == 2);
  everything_is_out(world);
}

TEST_CASE("a bill that is at its place already is left alone when another one lets go") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order) +
                po_received("e-2", order, receipt_of("R-1", {{"1", "6"}})));
  world.deliver(po_received("e-3", order, receipt_of("R-2", {{"1", "4"}})));
  const std::string token = bill(world, "R-2")["SyncToken"].text();
  world.deliver(receipt_corrected("e-4", order, receipt_of("R-1", {{"1", "5"}})));
  CHECK(bill(world, "R-2")["SyncToken"].text() == token);
  everything_is_out(world);
}
