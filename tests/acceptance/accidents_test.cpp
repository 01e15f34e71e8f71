#include "acceptance/world.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

std::string met_by(const char* path, const std::string& accident) {
  return R"({"method":"POST","path":")" + std::string(path) + "\"," + accident + "}";
}

Order second_version() {
  Order order = order_of_every_kind();
  order.version = 2;
  order.lines[0].quantity = "12";
  order.lines[0].total = "150";
  return order;
}

// The same bytes under the same id (docs/adr/0005).
void is_sent_again_as_it_was(const std::vector<Json>& sent, std::size_t at) {
  std::size_t again = 0;
  for (std::size_t i = at + 1; i < sent.size(); ++i) {
    if (sent[i]["requestid"].text() != sent[at]["requestid"].text()) continue;
    ++again;
    CHECK(sent[i]["body"].text() == sent[at]["body"].text());
    CHECK(sent[i]["status"].integer() == 200);
  }
  CHECK(again == 1);
}

// One order with a new item, then its second version; the accident meets the creation of the item,
// the creation of the purchase order and its update, once each.
void goes_well_in_spite_of(const std::string& accident, bool is_sent_again = true) {
  const World world;
  const std::size_t items = world.count("Item");
  world.fault(met_by("item", accident));
  world.fault(met_by("purchaseorder", accident));
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  CHECK(world.faults_fired() == 2);
  CHECK(world.count("Item") == items + 2);
  CHECK(world.count("PurchaseOrder") == 1);
  const Json before = world.purchase_order("1042");
  CHECK(plain(before["TotalAmt"].text()) == "366.64");

  world.fault(met_by("purchaseorder", accident));
  world.deliver(po_ordered("e-2", second_version()));
  CHECK(world.faults_fired() == 3);
  CHECK(world.count("PurchaseOrder") == 1);
  const Json after = world.purchase_order("1042");
  CHECK(after["Id"].text() == before["Id"].text());
  CHECK(after["SyncToken"].text() == "1"); // changed once
  CHECK(plain(after["TotalAmt"].text()) == "391.64");
  CHECK(world.count("Item") == items + 2);
  CHECK(world.open_issues().size() == 0);

  std::size_t met = 0;
  for (const char* path : {"item", "purchaseorder"}) {
    const auto sent = world.requests(path);
    for (std::size_t i = 0; i < sent.size(); ++i) {
      if (sent[i]["accident"].text().empty()) continue;
      ++met;
      if (is_sent_again) is_sent_again_as_it_was(sent, i);
    }
  }
  CHECK(met == 3);
}

} // namespace

TEST_CASE("a lost answer creates and changes nothing twice") {
  goes_well_in_spite_of(R"("action":"lost_answer")");
}

TEST_CASE("an answer that is reset away creates and changes nothing twice") {
  goes_well_in_spite_of(R"("action":"lost_answer","reset":true)");
}

TEST_CASE("a request that is cut before it is done is sent again") {
  goes_well_in_spite_of(R"("action":"cut")");
}

TEST_CASE("an answer that breaks off in the middle creates and changes nothing twice") {
  goes_well_in_spite_of(R"("action":"truncate","bytes":25)");
}

TEST_CASE("a web page instead of an answer is not taken for one") {
  goes_well_in_spite_of(R"("action":"html")");
}

TEST_CASE("an empty object instead of an answer is not taken for one") {
  goes_well_in_spite_of(R"("action":"patch","patch":[{"op":"replace","path":"","value":{}}])");
}

TEST_CASE("status 500 is overcome") {
  goes_well_in_spite_of(R"("action":"status","status":500)");
}

TEST_CASE("status 502 is overcome") {
  goes_well_in_spite_of(R"("action":"status","status":502)");
}

TEST_CASE("status 503 is overcome") {
  goes_well_in_spite_of(R"("action":"status","status":503)");
}

TEST_CASE("status 504 is overcome") {
  goes_well_in_spite_of(R"("action":"status","status":504)");
}

TEST_CASE("a slow answer is waited for") {
  goes_well_in_spite_of(R"("action":"late","ms":1200)", false);
}

TEST_CASE("a slow answer outlasts the time of a drain and is still settled once") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.fault(met_by("purchaseorder", R"("action":"late","ms":3000)"));
  CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
  const int first = world.drain(1).exit_code;
  CHECK((first == 0 || first == 3)); // whether the last call may end is the plugin's to say
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(world.purchase_order("1042")["SyncToken"].text() == "0");
}

TEST_CASE("an answer about another document is not taken for ours") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.fault(met_by("purchaseorder", R"("action":"patch","patch":[
      {"op":"replace","path":"/PurchaseOrder/DocNumber","value":"9999"},
      {"op":"replace","path":"/PurchaseOrder/Id","value":"9999"}])"));
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  const Json order = world.purchase_order("1042");
  CHECK(world.count("PurchaseOrder") == 1);
  for (const Json& link : world.run_json({"links", "list"}))
    if (link["subject"].text() == "purchase_order/1042")
      CHECK(link["entity_id"].text() == order["Id"].text());
}

TEST_CASE("an answer about another item or vendor is not taken for ours") {
  const World world({.settings = {{"missing_supplier", "create"}}});
  world.fault(met_by("item", R"("action":"patch","patch":[
      {"op":"replace","path":"/Item/Name","value":"Something else"},
      {"op":"replace","path":"/Item/Id","value":"9999"}])"));
  world.fault(met_by("vendor", R"("action":"patch","patch":[
      {"op":"replace","path":"/Vendor/DisplayName","value":"Somebody Else"},
      {"op":"replace","path":"/Vendor/Id","value":"9998"}])"));
  Order order = order_numbered("1042");
  order.supplier = Supplier{.id = "S-90", .name = "Pinewood Castings"};
  world.deliver(po_ordered("e-1", order));
  CHECK(world.faults_fired() == 2);
  CHECK(world.count("PurchaseOrder") == 1);
  for (const Json& link : world.run_json({"links", "list"})) {
    CHECK(link["entity_id"].text() != "9999");
    CHECK(link["entity_id"].text() != "9998");
  }
}

TEST_CASE("nothing comes twice when QuickBooks forgets the request ids between the sends") {
  const World world;
  const std::size_t items = world.count("Item");
  const auto loses_answer_and_forgets = [&](const char* path) {
    world.fault(met_by(path, R"("action":"lost_answer")"));
    CHECK(world.drain(1).exit_code == 3); // it would be sent again two seconds later
    world.control("DELETE", "requestids");
  };
  Order order = order_numbered("1042");
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  loses_answer_and_forgets("item");
  loses_answer_and_forgets("purchaseorder");
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("Item") == items + 1);
  REQUIRE(world.count("PurchaseOrder") == 1);
  const std::string id = world.purchase_order("1042")["Id"].text();

  order.version = 2;
  order.lines[0].quantity = "12";
  order.lines[0].total = "150";
  order.lines.push_back(one_more_line());
  CHECK(world.emit(po_ordered("e-2", order)).exit_code == 0);
  loses_answer_and_forgets("purchaseorder");
  CHECK(world.drain().exit_code == 0);
  REQUIRE(world.count("PurchaseOrder") == 1);
  CHECK(world.purchase_order("1042")["Id"].text() == id);
  CHECK(world.purchase_order("1042")["Line"].size() == 2);
  CHECK(plain(world.purchase_order("1042")["TotalAmt"].text()) == "162.5");
  CHECK(world.faults_fired() == 3);
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("a vendor that is created and whose answer is lost exists once") {
  const World world({.settings = {{"missing_supplier", "create"}}});
  const std::size_t vendors = world.count("Vendor");
  world.fault(met_by("vendor", R"("action":"lost_answer")"));
  Order order = order_numbered("1042");
  order.supplier = Supplier{.id = "S-90", .name = "Pinewood Castings"};
  world.deliver(po_ordered("e-1", order));
  CHECK(world.faults_fired() == 1);
  CHECK(world.count("Vendor") == vendors + 1);
  CHECK(world.count("PurchaseOrder") == 1);
}

TEST_CASE("QuickBooks is killed and comes back, and every order stands once") {
  World world;
  world.deliver(part_saved("p-1", Part()));
  std::string lines;
  for (int i = 0; i < 10; ++i)
    lines += po_ordered("e-" + std::to_string(i), order_numbered(std::to_string(2000 + i)));
  CHECK(world.emit(lines).exit_code == 0);
  process::Running drain = world.start_host({"drain", "quickbooks", "--timeout", "60"});
  while (world.count("PurchaseOrder") < 3)
    REQUIRE_FALSE(drain.has_ended());
  world.kill_emulator();
  world.start_emulator();
  CHECK(drain.wait().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 10);
  for (int i = 0; i < 10; ++i)
    CHECK(plain(world.purchase_order(std::to_string(2000 + i))["TotalAmt"].text()) == "125");
}
