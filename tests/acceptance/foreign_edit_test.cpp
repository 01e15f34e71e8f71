#include "acceptance/world.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

Order second_version() {
  Order order = order_of_every_kind();
  order.version = 2;
  order.lines[0].quantity = "12";
  order.lines[0].total = "150";
  order.lines.erase(order.lines.begin() + 1);
  return order;
}

// The bookkeeper adds a line and changes two things that are the host's to say.
void edit_as_bookkeeper(const World& world) {
  Json order = world.purchase_order("1042");
  Json line = order["Line"].at(2); // an account line
  line.erase("Id");
  line.set("Description", "Pallet deposit, added by the bookkeeper");
  line.set("Amount", Json::number("33.3"));
  order.member("Line").push(line);
  order.set("DueDate", "2027-01-01");
  order.member("Line").item(0).set("Description", "Bracket (see drawing)");
  world.admin_write("purchaseorder", order);
}

int lines_described(const Json& order, const std::string& description) {
  int count = 0;
  for (const Json& line : order["Line"])
    count += line["Description"].text() == description;
  return count;
}

} // namespace

TEST_CASE("after an edit in QuickBooks a new version costs one read and keeps what others added") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  const std::string id = world.purchase_order("1042")["Id"].text();
  edit_as_bookkeeper(world);
  world.reset_counts();
  world.deliver(po_ordered("e-2", second_version()));

  REQUIRE(world.count("PurchaseOrder") == 1);
  const Json after = world.purchase_order("1042");
  CHECK(after["Id"].text() == id);
  CHECK(after["SyncToken"].text() == "2");
  CHECK(after["DueDate"].text() == "2026-12-04");
  CHECK(after["Line"].size() == 4);
  CHECK(lines_described(after, "Pallet deposit, added by the bookkeeper") == 1);
  CHECK(lines_described(after, "Bearing, sealed") == 0);
  CHECK(lines_described(after, "Bracket, anodized") == 1);
  CHECK(plain(after["TotalAmt"].text()) == "288.2"); // 150 + 89.9 + 15 + 33.3
  CHECK(world.counted("metered") == 1);
  CHECK(world.counted("calls") == 3); // 5010, the read, the write
}

TEST_CASE("a line that a bookkeeper added survives every further version") {
  const World world;
  Order order = order_of_every_kind();
  world.deliver(po_ordered("e-1", order));
  edit_as_bookkeeper(world);
  for (order.version = 2; order.version <= 4; ++order.version) {
    order.lines[0].quantity = std::to_string(order.version * 10);
    order.lines[0].total = std::to_string(order.version * 125);
    world.deliver(po_ordered("v-" + std::to_string(order.version), order));
    const Json after = world.purchase_order("1042");
    CHECK(lines_described(after, "Pallet deposit, added by the bookkeeper") == 1);
    CHECK(after["Line"].size() == 5);
  }
}

TEST_CASE("a line that somebody added while our answer was lost survives too") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  Order order = order_of_every_kind();
  world.deliver(po_ordered("e-0", order_of_every_kind("1041"))); // its items stand there
  world.fault(R"({"method":"POST","path":"purchaseorder","action":"lost_answer"})");
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  CHECK(world.drain(1).exit_code == 3); // it would be sent again two seconds later
  REQUIRE(world.count("PurchaseOrder") == 2);
  world.control("DELETE", "requestids");
  edit_as_bookkeeper(world);
  world.must({"drain", "quickbooks"});
  CHECK(lines_described(world.purchase_order("1042"), "Pallet deposit, added by the bookkeeper") ==
        1);
  order.version = 2;
  order.lines[0].quantity = "20";
  order.lines[0].total = "250";
  world.deliver(po_ordered("e-2", order));
  REQUIRE(world.count("PurchaseOrder") == 2);
  const Json after = world.purchase_order("1042");
  CHECK(lines_described(after, "Pallet deposit, added by the bookkeeper") == 1);
  CHECK(after["Line"].size() == 5);
}

TEST_CASE("an edit that a refresh has seen is read once and kept too") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  edit_as_bookkeeper(world);
  world.must({"run", "quickbooks", "refresh"});
  world.reset_counts();
  world.deliver(po_ordered("e-2", second_version()));
  const Json after = world.purchase_order("1042");
  CHECK(lines_described(after, "Pallet deposit, added by the bookkeeper") == 1);
  CHECK(after["Line"].size() == 4);
  CHECK(world.counted("metered") == 1);
  CHECK(world.counted("writes") == 1);
}

TEST_CASE("an edit in QuickBooks alone is not undone by the same order coming again") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  edit_as_bookkeeper(world);
  world.deliver(po_ordered("e-2", order_of_every_kind()));
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(lines_described(world.purchase_order("1042"), "Pallet deposit, added by the bookkeeper") ==
        1);
}

namespace {

void delete_as_bookkeeper(const World& world) {
  const Json order = world.purchase_order("1042");
  Json body = Json::object();
  body.set("Id", order["Id"]).set("SyncToken", order["SyncToken"]);
  REQUIRE(world.admin("POST", "purchaseorder?operation=delete", body.dump()).status == 200);
  REQUIRE(world.count("PurchaseOrder") == 0);
}

// The id of the one open issue.
std::string is_told_of_the_deletion(const World& world) {
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  const Json& issue = issues.at(0);
  CHECK(issue["title"].text() == "Purchase order 1042 was deleted in QuickBooks");
  CHECK(issue["documents"].at(0).text() == "purchase_order/1042");
  CHECK(plain(issue["amounts"].at(0)["amount"].text()) == "254.9");
  CHECK(issue["remedy"].text().find("anew") != std::string::npos);
  return issue["id"].text();
}

} // namespace

TEST_CASE("a purchase order that was deleted in QuickBooks is not made anew behind one's back") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  delete_as_bookkeeper(world);
  SUBCASE("and nobody has noticed yet") {}
  SUBCASE("and a refresh has seen it") {
    world.must({"run", "quickbooks", "refresh"});
  }
  CHECK(world.emit(po_ordered("e-2", second_version())).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 0);
  is_told_of_the_deletion(world);
  // A still newer version changes nothing about that, nor does trying everything again.
  Order third = second_version();
  third.version = 3;
  CHECK(world.emit(po_ordered("e-3", third)).exit_code == 0);
  world.must({"run", "quickbooks", "inbox", "retry", "--all"});
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 0);
  is_told_of_the_deletion(world);
}

TEST_CASE("a person may have a deleted purchase order written anew, or leave it deleted") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  delete_as_bookkeeper(world);
  CHECK(world.emit(po_ordered("e-2", second_version())).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  const std::string issue = is_told_of_the_deletion(world);
  SUBCASE("anew") {
    world.must({"run", "quickbooks", "inbox", "retry", issue});
    CHECK(world.drain().exit_code == 0);
    CHECK(world.count("PurchaseOrder") == 1);
    CHECK(plain(world.purchase_order("1042")["TotalAmt"].text()) == "254.9");
  }
  SUBCASE("left deleted") {
    world.must({"run", "quickbooks", "inbox", "skip", issue, "--reason", "ordered by phone"});
    CHECK(world.drain().exit_code == 0);
    CHECK(world.count("PurchaseOrder") == 0);
  }
  CHECK(world.open_issues().size() == 0);
}
