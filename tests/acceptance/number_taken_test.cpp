#include "acceptance/world.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace acceptance;

namespace {

std::string id_of(const World& world, const char* entity, const char* member,
                  const std::string& name) {
  for (const Json& object : world.objects(entity))
    if (object[member].text() == name) return object["Id"].text();
  throw std::runtime_error("no " + name);
}

// What a bookkeeper enters by hand.
Json enter_by_hand(const World& world, const std::string& vendor, const std::string& number,
                   const std::string& note = "") {
  Json body = Json::object();
  body.set("VendorRef", Json::object().set("value", id_of(world, "Vendor", "DisplayName", vendor)));
  body.set("APAccountRef",
           Json::object().set("value", id_of(world, "Account", "Name", "Accounts Payable (A/P)")));
  body.set("DocNumber", number);
  if (!note.empty()) body.set("PrivateNote", note);
  Json detail = Json::object();
  detail.set("AccountRef", Json::object().set("value", id_of(world, "Account", "Name", "Tooling")));
  Json line = Json::object();
  line.set("Amount", Json::number("77.7"));
  line.set("DetailType", "AccountBasedExpenseLineDetail");
  line.set("AccountBasedExpenseLineDetail", detail);
  Json lines = Json::array();
  lines.push(line);
  body.set("Line", lines);
  return world.admin_write("purchaseorder", body)["PurchaseOrder"];
}

void is_blocked_and_left_alone(const World& world, const Json& theirs) {
  CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  REQUIRE(world.count("PurchaseOrder") == 1);
  CHECK(world.purchase_order("1042")["Id"].text() == theirs["Id"].text());
  CHECK(world.purchase_order("1042")["SyncToken"].text() == "0");
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  CHECK(issues.at(0)["title"].text().find("carries the number") != std::string::npos);
  CHECK(issues.at(0)["documents"].at(0).text() == "purchase_order/1042");
  CHECK(issues.at(0)["amounts"].at(0)["currency"].text() == "USD");
  CHECK(plain(issues.at(0)["amounts"].at(0)["amount"].text()) == "125");
  CHECK_FALSE(issues.at(0)["meaning"].text().empty());
  CHECK_FALSE(issues.at(0)["remedy"].text().empty());
}

} // namespace

TEST_CASE("another vendor's purchase order with the number is never adopted") {
  World world({.connected = false});
  const Json theirs = enter_by_hand(world, "Northgate Steel", "1042");
  world.connect();
  is_blocked_and_left_alone(world, theirs);
}

TEST_CASE("the same vendor's purchase order without our mark is never adopted") {
  World world({.connected = false});
  const Json theirs = enter_by_hand(world, "Hicks Hardware", "1042", "Phoned in by the workshop");
  world.connect();
  is_blocked_and_left_alone(world, theirs);
}

TEST_CASE("a mark that only begins like ours is not ours") {
  World world({.connected = false});
  const Json theirs =
      enter_by_hand(world, "Hicks Hardware", "1042", "see [erp:purchase_order/10421]");
  world.connect();
  is_blocked_and_left_alone(world, theirs);
}

TEST_CASE("a number that was taken behind our back is noticed when QuickBooks refuses it") {
  const World world;
  const Json theirs = enter_by_hand(world, "Northgate Steel", "1042");
  is_blocked_and_left_alone(world, theirs);
}

TEST_CASE("once the other document is renumbered the order goes out by itself") {
  const World world;
  Json theirs = enter_by_hand(world, "Northgate Steel", "1042");
  is_blocked_and_left_alone(world, theirs);
  theirs.set("DocNumber", "N-1042");
  world.admin_write("purchaseorder", theirs);
  world.must({"run", "quickbooks", "refresh"});
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  CHECK(world.purchase_order("1042")["PrivateNote"].text().find("[erp:purchase_order/1042]") !=
        std::string::npos);
  CHECK(world.open_issues().size() == 0);
}
