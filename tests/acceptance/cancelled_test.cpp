#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

// With cancelled_orders=delete.

namespace {

const WorldOptions deleting{.settings = {{"cancelled_orders", "delete"}}};

Order cancelled(const std::string& id, int version = 2) {
  Order order = order_numbered(id);
  order.version = version;
  order.status = "cancelled";
  return order;
}

Json bill_for(const Json& order) {
  Json link = Json::object();
  link.set("TxnId", order["Id"]).set("TxnType", "PurchaseOrder");
  link.set("TxnLineId", order["Line"].at(0)["Id"]);
  Json links = Json::array();
  links.push(link);
  Json line = order["Line"].at(0);
  line.erase("Id");
  line.erase("LineNum");
  line.set("LinkedTxn", links);
  Json lines = Json::array();
  lines.push(line);
  Json bill = Json::object();
  for (const char* member : {"VendorRef", "APAccountRef", "CurrencyRef"})
    bill.set(member, order[member]);
  return bill.set("Line", lines);
}

} // namespace

TEST_CASE("a cancelled order is deleted in QuickBooks if the company chose so") {
  const World world(deleting);
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.reset_counts();
  world.deliver(po_cancelled("e-2", cancelled("1042")));
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(world.counted("writes") == 1);
  CHECK(entry_of(world, "purchase_order/1042")["note"].text() == "deleted");
  CHECK(world.open_issues().size() == 0);

  // Told again, there is nothing to do; ordered again, it is written anew.
  world.reset_counts();
  world.deliver(po_cancelled("e-3", cancelled("1042", 3)));
  CHECK(world.counted("writes") == 0);
  Order again = order_numbered("1042");
  again.version = 4;
  world.deliver(po_ordered("e-4", again));
  CHECK(world.purchase_order("1042")["POStatus"].text() == "Open");
  everything_is_out(world);
}

TEST_CASE("a lost answer to a deletion does not delete twice and holds nothing up") {
  for (const char* remembered : {"yes", "no"}) {
    CAPTURE(remembered);
    const World world(deleting);
    world.deliver(po_ordered("e-1", order_numbered("1042")));
    world.fault(R"({"method":"POST","path":"purchaseorder","action":"lost_answer"})");
    CHECK(world.emit(po_cancelled("e-2", cancelled("1042"))).exit_code == 0);
    if (*remembered == 'n') world.control("POST", "requestids", R"({"retention_seconds":0})");
    CHECK(world.drain().exit_code == 0);
    CHECK(world.faults_fired() == 1);
    CHECK(world.count("PurchaseOrder") == 0);
    CHECK(state_of(world, "purchase_order/1042") == "delivered");
    everything_is_out(world);
  }
}

TEST_CASE("an order that somebody deleted in QuickBooks is cancelled without a word") {
  const World world(deleting);
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  delete_in_quickbooks(world, "purchaseorder", world.purchase_order("1042"));
  world.deliver(po_cancelled("e-2", cancelled("1042")));
  everything_is_out(world);
}

TEST_CASE("a cancelled order that a bill stands on is closed, and a person is told") {
  const World world(deleting);
  Order partly_billed = order_numbered("1042");
  partly_billed.lines.push_back(one_more_line());
  world.deliver(po_ordered("e-1", partly_billed));
  world.admin_write("bill", bill_for(world.purchase_order("1042")));
  partly_billed.version = 2;
  partly_billed.status = "cancelled";
  world.deliver(po_cancelled("e-2", partly_billed));
  const Json order = world.purchase_order("1042");
  CHECK(order["POStatus"].text() == "Closed");
  CHECK(order["LinkedTxn"].size() == 1);
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  CHECK(has(issues.at(0)["title"].text(), "was not deleted"));
}

TEST_CASE(
    "a line that was billed stays in QuickBooks when the order loses it, and a person is told") {
  const World world;
  Order order = order_numbered("1042");
  order.lines.push_back(one_more_line());
  world.deliver(po_ordered("e-1", order));
  world.admin_write("bill", bill_for(world.purchase_order("1042")));

  order.version = 2;
  order.lines.erase(order.lines.begin());
  world.deliver(po_ordered("e-2", order));
  CHECK(world.purchase_order("1042")["Line"].size() == 2);
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  CHECK(has(issues.at(0)["title"].text(), "was removed here and stays in QuickBooks"));
  CHECK(notices(world).size() == 1);

  // The line comes back: nothing needs a person any more.
  order.version = 3;
  order.lines = {Line(), one_more_line()};
  order.memo = "Line 1 is back";
  world.deliver(po_ordered("e-3", order));
  CHECK(world.purchase_order("1042")["Line"].size() == 2);
  everything_is_out(world);
}
