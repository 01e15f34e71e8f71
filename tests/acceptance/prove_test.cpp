#include "acceptance/bills.hpp"
#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

struct Proof {
  int exit_code;
  Json told;

  std::string case_of(const std::string& subject) const { return finding(subject)["case"].text(); }
  std::string words_of(const std::string& subject) const {
    return finding(subject)["words"].text();
  }
  std::int64_t count(const std::string& what) const { return told["cases"][what].integer(); }

 private:
  Json finding(const std::string& subject) const {
    for (const Json& one : told["documents"])
      if (one["subject"].text() == subject) return one;
    return {};
  }
};

Proof prove(const World& world) {
  const process::Result result = world.host({"run", "quickbooks", "prove", "--json"});
  return {result.exit_code, Json::parse(result.out)};
}

Receipt all_of(const std::string& id) {
  return {.id = id, .complete = true, .lines = {{"1", "10"}, {"2", "3"}, {"3", "1"}}};
}

} // namespace

TEST_CASE("prove tells of each document which case it is, and writes nothing") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order) + po_received("e-2", order, all_of("R-1")) +
                po_ordered("e-3", order_numbered("2")));
  world.deliver(po_cancelled("e-4", order_numbered("2")));
  world.deliver(po_cancelled("e-5", order_numbered("3"))); // was never sent
  blocked(world, po_ordered("e-6", with_code("4", "Shop Suplies")), "purchase_order/4");
  const Json issue =
      blocked(world, po_ordered("e-7", with_code("5", "Shop Suplis")), "purchase_order/5");
  world.must({"run", "quickbooks", "inbox", "skip", issue["id"].text(), "--reason", "by hand"});
  world.reset_counts();

  const Proof proof = prove(world);
  INFO(proof.told.dump());
  CHECK(proof.exit_code == 0);
  CHECK(proof.told["proven"].text() == "true");
  CHECK(proof.case_of("purchase_order/1042") == "stands");
  CHECK(proof.case_of("receipt/R-1") == "stands");
  CHECK(proof.case_of("part/P-1") == "stands");
  CHECK(proof.case_of("purchase_order/2") == "cancelled");
  CHECK(proof.case_of("purchase_order/3") == "cancelled");
  CHECK(proof.case_of("purchase_order/4") == "held_by_issue");
  CHECK(has(proof.words_of("purchase_order/4"), "issue "));
  CHECK(proof.case_of("purchase_order/5") == "skipped");
  CHECK(has(proof.words_of("purchase_order/5"), "by hand"));
  CHECK(world.counted("writes") == 0);
  CHECK(
      has(world.must({"run", "quickbooks", "prove"}).out, "Nothing is lost, nothing is doubled."));
}

TEST_CASE("prove finds the amount that was changed in QuickBooks, and says which") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  Json order = world.purchase_order("1042");
  order.member("Line").item(0).set("Amount", Json::number("99.5"));
  order.member("Line")
      .item(0)
      .member("ItemBasedExpenseLineDetail")
      .set("UnitPrice", Json::number("9.95"));
  world.admin_write("purchaseorder", order);
  const Proof proof = prove(world);
  CHECK(proof.exit_code == 1);
  CHECK(proof.told["proven"].text() == "false");
  CHECK(proof.case_of("purchase_order/1042") == "differs");
  CHECK(has(proof.words_of("purchase_order/1042"), "Amount of line 1 is 99.5, not 125"));
}

TEST_CASE("prove lets people reword texts and add lines and notes of their own") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  Json order = world.purchase_order("1042");
  order.member("Line").item(0).set("Description", "Bracket (see drawing)");
  Json line = order["Line"].at(2);
  line.erase("Id");
  line.set("Amount", Json::number("33.3"));
  order.member("Line").push(line);
  order.set("PrivateNote", order["PrivateNote"].text() + "\ncalled the supplier");
  world.admin_write("purchaseorder", order);
  const Proof proof = prove(world);
  INFO(proof.words_of("purchase_order/1042"));
  CHECK(proof.exit_code == 0);
  CHECK(proof.case_of("purchase_order/1042") == "stands");
}

TEST_CASE("prove finds what somebody deleted, and what stands there twice") {
  const World world(receiving("bill_per_receipt"));
  world.deliver(po_ordered("e-1", order_numbered("1")) + po_ordered("e-2", order_numbered("2")));
  world.deliver(po_received("e-3", order_numbered("1")));
  Json copy = world.purchase_order("2");
  for (const char* member : {"Id", "SyncToken", "MetaData"})
    copy.erase(member);
  copy.set("DocNumber", "2 (copy)");
  world.admin_write("purchaseorder", copy);
  delete_in_quickbooks(world, "bill", world.objects("Bill").at(0));

  const Proof proof = prove(world);
  INFO(proof.told.dump());
  CHECK(proof.exit_code == 1);
  CHECK(proof.count("missing") == 1);
  CHECK(proof.count("doubled") == 1);
  CHECK(proof.case_of("purchase_order/1") == "stands");
  CHECK(proof.case_of("purchase_order/2") == "doubled");
  const process::Result told = world.host({"run", "quickbooks", "prove", "--problems"});
  CHECK(has(told.out, "DOUBLED"));
  CHECK_FALSE(has(told.out, "purchase_order/1 "));
  CHECK(has(told.err, "2 documents are not in QuickBooks as told here"));
}

TEST_CASE("prove finds the amount of a bill that was changed in QuickBooks") {
  for (const std::string mode : {"bill_per_receipt", "one_bill"}) {
    const World world(receiving(mode));
    const Order order = order_of_every_kind();
    world.deliver(po_ordered("e-1", order) + po_received("e-2", order, all_of("R-1")));
    CHECK(prove(world).exit_code == 0);
    Json bill = world.objects("Bill").at(0);
    bill.member("Line").item(2).set("Amount", Json::number("1"));
    world.admin_write("bill", bill);
    const Proof proof = prove(world);
    INFO(mode, proof.told.dump());
    CHECK(proof.exit_code == 1);
    CHECK(proof.case_of("receipt/R-1") == "differs");
    CHECK(has(proof.words_of("receipt/R-1"), "Amount of line 3 is 1, not 89.9"));
  }
}

TEST_CASE(
    "an order that was received and cancelled before any of it was sent is billed, closed and "
    "proven") {
  const World world(receiving("bill_per_receipt"));
  const Order order = order_numbered("1");
  world.deliver(po_ordered("e-1", order) + po_received("e-2", order) + po_cancelled("e-3", order));
  CHECK(world.count("Bill") == 1);
  CHECK(status_of(world, "1") == "Closed");
  const Proof proof = prove(world);
  INFO(proof.told.dump());
  CHECK(proof.exit_code == 0);
  CHECK(proof.case_of("purchase_order/1") == "cancelled");
  CHECK(proof.count("stands") == 2); // the item and the bill
}

TEST_CASE("prove is not proven while something is on its way") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1")));
  CHECK(world.emit(po_ordered("e-2", order_numbered("2"))).exit_code == 0);
  const Proof proof = prove(world);
  CHECK(proof.exit_code == 1);
  CHECK(proof.told["proven"].text() == "false");
  CHECK(proof.case_of("purchase_order/2") == "on_its_way");
}

TEST_CASE("what went to the company connected before is told as such, not as lost") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1")));
  consent(world, "connect", "Saltmarsh");
  world.connect({"--switch-company"});
  const Proof proof = prove(world);
  INFO(proof.told.dump());
  CHECK(proof.exit_code == 0);
  CHECK(proof.case_of("purchase_order/1") == "elsewhere");
}

TEST_CASE("prove tells of a cancelled order that cannot be closed again which issue says so") {
  const World world(receiving("bill_per_receipt"));
  Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order) + po_received("e-2", order, {.lines = {{"1", "10"}}}));
  order.version = 2;
  order.status = "cancelled";
  world.deliver(po_cancelled("e-3", order));
  world.fault(R"({"method":"POST","path":"purchaseorder","times":0,"action":"fault","code":"2020",
                  "message":"Required param missing","detail":"Required parameter is missing"})");
  CHECK(world.emit(receipt_corrected("e-4", order, Receipt{.lines = {}})).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  const Proof proof = prove(world);
  INFO(proof.told.dump());
  CHECK(proof.exit_code == 0);
  CHECK(proof.case_of("purchase_order/1042") == "held_by_issue");
  CHECK(has(proof.words_of("purchase_order/1042"), "issue "));
}
