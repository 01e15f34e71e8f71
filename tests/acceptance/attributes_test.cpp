#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

// The users' own fields of order lines, and what QuickBooks offers for them.

namespace {

void offer(const World& world, const std::string& name, const std::string& options) {
  world.must({"attributes", "set", name, "--options", options});
}

std::string titles(const World& world) {
  std::string out;
  for (const Json& issue : world.open_issues())
    out += issue["title"].text() + "\n";
  return out;
}

} // namespace

TEST_CASE("options that QuickBooks does not know are told in one issue, and gone once it does") {
  const World world;
  offer(world, "Class", "R&D");
  offer(world, "Expense Code", "Shop Supplies,Freight Out,6999");
  world.must({"run", "quickbooks", "refresh"});
  REQUIRE(world.open_issues().size() == 1);
  const Json issue = world.open_issues().at(0);
  CHECK(issue["title"].text() ==
        "QuickBooks does not know 2 options of the attribute \"Expense Code\"");
  CHECK(has(issue["meaning"].text(), "\"Freight Out\", \"6999\""));
  CHECK(notices(world).size() == 1);
  // It holds nothing up that needs none of them.
  world.deliver(po_ordered("e-1", order_of_every_kind("1042")));

  add_account(world, "Freight Out");
  world.must({"run", "quickbooks", "refresh"});
  CHECK(titles(world) == "QuickBooks does not know 1 option of the attribute \"Expense Code\"\n");
  offer(world, "Expense Code", "Shop Supplies,Freight Out");
  world.must({"run", "quickbooks", "refresh"});
  everything_is_out(world);
}

TEST_CASE("an attribute of another name or kind than the settings say is told at once") {
  const World world;
  offer(world, "Expense code", "Shop Supplies");
  world.must({"attributes", "set", "Class", "--kind", "text"});
  world.must({"run", "quickbooks", "refresh"});
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 2);
  CHECK(issues.at(0)["title"].text() == "No attribute of order lines is called \"Expense Code\"");
  CHECK(has(issues.at(0)["remedy"].text(), "Did you mean \"Expense code\"?"));
  CHECK(issues.at(1)["title"].text() == "The attribute \"Class\" is no list to choose from");

  // The setting is corrected, and the attribute made a list.
  offer(world, "Class", "R&D");
  world.set({{"expense_attribute", "Expense code"}});
  world.must({"run", "quickbooks", "refresh"});
  everything_is_out(world);
}

TEST_CASE("the names that an attribute may offer are listed, each so that it is found") {
  const World world;
  add_account(world, "Paint", in_books(world, "Account", "Tooling"));
  add_account(world, "Paint", in_books(world, "Account", "Supplies"));
  world.must({"run", "quickbooks", "refresh"});
  const Json accounts = world.run_json({"options", "expense_attribute"});
  const std::string all = accounts.dump();
  CHECK(has(all, "\"Shop Supplies\""));
  CHECK(has(all, ":Paint\""));
  CHECK_FALSE(has(all, "\"Paint\""));
  CHECK_FALSE(has(all, "Accounts Payable"));
  CHECK(has(world.run_json({"options", "class_attribute"}).dump(), "\"R&D\""));
  // Every one of them resolves.
  std::string options;
  for (const Json& name : accounts)
    options += (options.empty() ? "" : ",") + name.text();
  offer(world, "Expense Code", options);
  offer(world, "Class", "R&D");
  world.must({"run", "quickbooks", "refresh"});
  CHECK(titles(world) == "");
  fails_and_says(world.host({"run", "quickbooks", "options", "fees_account"}),
                 {"expense_attribute"});
}

TEST_CASE("what QuickBooks holds is read once a day while nothing is to be delivered") {
  const World world;
  add_account(world, "Freight Out");
  world.reset_counts();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.counted("metered") == 0);
  CHECK(drain_later(world, 25 * 3600).exit_code == 0);
  CHECK(world.counted("metered") == 1);
  CHECK(has(world.run_json({"options", "expense_attribute"}).dump(), "Freight Out"));
}
