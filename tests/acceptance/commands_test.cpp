#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

process::Result plugin(const World& world, std::vector<std::string> words) {
  words.insert(words.begin(), {"run", "quickbooks"});
  return world.host(words);
}

} // namespace

TEST_CASE("the outbox is listed by state, subject and number, and says what it leaves out") {
  const World world;
  CHECK(has(plugin(world, {"outbox", "list"}).out, "The outbox is empty."));
  CHECK(has(plugin(world, {"outbox", "list", "--state", "blocked"}).out, "No entry is blocked."));
  CHECK(world
            .emit(po_ordered("e-1", order_of_every_kind("1042")) +
                  po_ordered("e-2", with_code("1043", "Shop Suplies")))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);

  CHECK(world.run_json({"outbox", "list"}).size() == 4);
  CHECK(world.run_json({"outbox", "list", "--limit", "3"}).size() == 3);
  CHECK(world.run_json({"outbox", "list", "--state", "delivered"}).size() == 3);
  CHECK(world.run_json({"outbox", "list", "--open"}).size() == 1);
  const Json one = world.run_json({"outbox", "list", "--subject", "purchase_order/1042"});
  REQUIRE(one.size() == 1);
  CHECK(one.at(0)["attempts"].integer() == 1); // one try was made, and it is delivered
  CHECK(world.run_json({"outbox", "list", "--subject", "purchase_order/7"}).size() == 0);

  const auto some = plugin(world, {"outbox", "list", "--limit", "1"});
  CHECK(has(some.out, "part/P-")); // the newest: made on the way
  CHECK(has(some.out, "3 older ones are not shown; --limit 0 shows all."));
  CHECK_FALSE(has(plugin(world, {"outbox", "list", "--limit", "0"}).out, "not shown"));
  CHECK(has(plugin(world, {"outbox", "list", "--limit", "few"}).err, "no number of rows"));
  CHECK(has(plugin(world, {"outbox", "list", "--state", "deliverd"}).err,
            "There is no state \"deliverd\". Did you mean delivered?"));
}

TEST_CASE("a person may have a delivered document looked at once more") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind("1042")));
  world.reset_counts();
  CHECK(plugin(world, {"outbox", "again", "purchase_order/1042"}).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.counted("writes") == 0); // nothing is different
  CHECK(has(entry_of(world, "purchase_order/1042")["note"].text(), "nothing to do"));

  // Deleted in QuickBooks, it is asked for, not made anew.
  delete_in_quickbooks(world, "purchaseorder", world.purchase_order("1042"));
  REQUIRE(world.count("PurchaseOrder") == 0);
  world.must({"run", "quickbooks", "refresh"});
  CHECK(plugin(world, {"outbox", "again", "purchase_order/1042"}).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(has(issue_of(world.open_issues(), "purchase_order/1042")["title"].text(), "was deleted"));
  CHECK(has(plugin(world, {"outbox", "again", "purchase_order/1042"}).err, "on its way already"));
  CHECK(plugin(world, {"outbox", "again", "purchase_order/7"}).exit_code == 1);

  // Given up for good, and then wanted after all.
  Order other = with_code("1043", "Shop Suplies");
  blocked(world, po_ordered("e-2", other), "purchase_order/1043");
  world.must({"run", "quickbooks", "outbox", "discard", "purchase_order/1043", "--reason", "no"});
  add_account(world, "Shop Suplies");
  world.must({"run", "quickbooks", "refresh"});
  CHECK(plugin(world, {"outbox", "again", "purchase_order/1043"}).exit_code == 0);
  world.drain();
  CHECK(world.purchase_order("1043")["DocNumber"].text() == "1043");
}

TEST_CASE("a mistyped command of the plugin is answered with the nearest one") {
  const World world;
  CHECK(has(plugin(world, {"otbox", "list"}).err,
            "There is no command \"otbox\". Did you mean outbox?"));
  CHECK(has(plugin(world, {"outbox", "lst"}).err,
            "There is no command \"lst\". Did you mean list? Usage: outbox list"));
  CHECK(
      has(plugin(world, {"dance"}).err,
          "There are: status, refresh, outbox, inbox, explain, prove, options, receipts, links."));
  CHECK(has(plugin(world, {}).out, "inbox"));
  for (const char* command : {"status", "refresh", "outbox", "inbox", "prove", "links"}) {
    const std::string help = plugin(world, {command, "--help"}).out;
    CHECK(has(help, std::string("Example:\n  run quickbooks ") + command));
    CHECK(plugin(world, {"help", command}).out == help);
  }
}

TEST_CASE("settings that nothing would come of are refused, and the nearest name is said") {
  const World world;
  const auto refused = [&](const std::string& assignment) {
    const auto result = world.host({"settings", "set", "quickbooks", assignment});
    CHECK(result.exit_code == 1);
    return result.err;
  };
  CHECK(has(refused("cancelled_orders=remove"), "must be one of close"));
  CHECK(has(refused("receipts=two_bills"), "must be one of none"));
  CHECK(has(refused("ap_account.eur=2000"), "did you mean ap_account.EUR?"));
  CHECK(has(refused("fee_account=Freight"), "did you mean fees_account"));
  CHECK(has(refused("docnumber_format=PO"), "docnumber_format must contain {id} or {number}"));
}

TEST_CASE("what is wrong with a setting is said while others are missing") {
  World world({.connected = false});
  world.must({"plugins", "disable", "quickbooks"});
  world.must({"settings", "set", "quickbooks", "fees_account=", "income_account="});
  const auto set = world.host({"settings", "set", "quickbooks", "docnumber_format=PO"});
  CHECK(set.exit_code == 0); // it is stored, and cannot be enabled with it
  CHECK(has(set.err, "docnumber_format must contain {id} or {number}"));
  CHECK(has(set.err, "not set yet: income_account, fees_account"));
  const auto enabled = world.host({"plugins", "enable", "quickbooks"});
  CHECK(enabled.exit_code == 4);
  CHECK(has(enabled.err, "  fees_account: Account for fees. Shipping, handling"));
}
