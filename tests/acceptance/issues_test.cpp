#include "acceptance/people.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("what a person skips is never sent, and the reason stays") {
  const World world;
  CHECK(world
            .emit(po_ordered("e-1", with_code("1042", "Shop Suplies")) +
                  po_ordered("e-2", with_code("1043", "Shop Suplies")))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  const std::string id = issue_of(world.open_issues(), "purchase_order/1042")["id"].text();

  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"run", "quickbooks", "inbox", "skip", id},
        std::vector<std::string>{"run", "quickbooks", "inbox", "skip", id, "--reason", ""},
        std::vector<std::string>{"run", "quickbooks", "inbox", "skip", id, "--reason"}}) {
    const auto refused = world.host(words);
    CHECK(refused.exit_code == 1);
    CHECK(has(refused.err, "reason"));
    CHECK(state_of(world, "purchase_order/1042") == "blocked");
  }

  world.must({"run", "quickbooks", "inbox", "skip", id, "--reason", "entered by hand as 77"});
  const Json issue = issue_by_id(world, id);
  CHECK(issue["state"].text() == "skipped");
  CHECK(has(issue["closed_note"].text(), "entered by hand as 77"));
  CHECK(notices(world).size() == 0);
  CHECK(world.open_issues().size() == 0);
  for (const char* subject : {"purchase_order/1042", "purchase_order/1043"}) {
    const Json entry = entry_of(world, subject);
    CHECK(entry["state"].text() == "discarded");
    CHECK(has(entry["note"].text(), "entered by hand as 77"));
  }

  // Even when the cause is gone.
  add_account(world, "Shop Suplies");
  world.must({"run", "quickbooks", "refresh"});
  world.reset_counts();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.counted("writes") == 0);
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(world.host({"run", "quickbooks", "inbox", "skip", id, "--reason", "again"}).exit_code == 1);
}

TEST_CASE("what waits for a skipped document is looked at anew") {
  const World world;
  const Order order = with_part("1042", {.id = "P-7", .number = " ", .revision = "B"});
  const Json issue = blocked(world, po_ordered("e-1", order), "part/P-7");
  world.must({"run", "quickbooks", "inbox", "skip", issue["id"].text(), "--reason", "not stocked"});
  // The order still needs an item, so it is held anew and not forgotten.
  CHECK(world.drain().exit_code == 2);
  CHECK(world.open_issues().size() == 1);
  CHECK(documents_of(world.open_issues().at(0)).front() == "purchase_order/1042");
}

TEST_CASE("documents with one cause share one issue, and what they are worth adds up exactly") {
  const World world;
  Order first = with_code("1042", "Shop Suplies"), second = first, third = first;
  first.lines[0].total = "0.1";
  second.id = "1043";
  second.lines[0].total = "0.2";
  third.id = "1044";
  third.lines[0].total = "136.7415";
  third.lines[0].unit_cost = "45.5805";
  third.lines[0].quantity = "3";
  third.lines.push_back(third.lines[0]); // twice on one order: one issue still
  third.lines[1].id = "2";
  CHECK(world.emit(po_ordered("e-1", first) + po_ordered("e-2", second) + po_ordered("e-3", third))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  // Hooks of different subjects run at once: which is recorded first is chance.
  std::vector<std::string> documents = documents_of(issues.at(0));
  std::sort(documents.begin(), documents.end());
  CHECK(documents == std::vector<std::string>{"purchase_order/1042", "purchase_order/1043",
                                              "purchase_order/1044"});
  CHECK(amounts_of(issues.at(0)) == "273.78 USD"); // as QuickBooks counts: 0.1 + 0.2 + 2 x 136.74
  CHECK(notices(world).size() == 1);

  // One leaves, the sum follows.
  second.version = 2;
  second.lines[0].expense_code = "Shop Supplies";
  CHECK(world.emit(po_ordered("e-4", second)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(amounts_of(world.open_issues().at(0)) == "273.58 USD");
}

TEST_CASE("a document with two causes goes out when both are gone") {
  const World world;
  Order order = with_code("1042", "Shop Suplies");
  order.supplier.name = "Nowhere Tools";
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.open_issues().size() == 2); // both are told at once
  add_account(world, "Shop Suplies");
  world.must({"run", "quickbooks", "refresh"});
  CHECK(world.drain().exit_code == 2);
  const Json left = world.open_issues();
  REQUIRE(left.size() == 1);
  CHECK(has(left.at(0)["title"].text(), "Nowhere Tools"));
  CHECK(notices(world).size() == 1);
  add_vendor(world, "Nowhere Tools");
  world.must({"run", "quickbooks", "refresh"});
  CHECK(world.drain().exit_code == 0);
  everything_is_out(world);
}
