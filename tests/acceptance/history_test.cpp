#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// Why each try was made, and what came of it: "event accepted".
std::vector<std::string> history(const World& world, const std::string& subject) {
  std::vector<std::string> tries;
  for (const Json& attempt : world.run_json({"outbox", "show", subject})["attempts_made"]) {
    CHECK(attempt["duration_ms"].integer() >= 0);
    tries.push_back(attempt["cause"].text() + " " + attempt["outcome"].text());
  }
  return tries;
}

constexpr const char* always_refused =
    R"({"method":"POST","action":"fault","path":"purchaseorder","times":0,"code":"6000",
        "message":"A business validation error has occurred","detail":"Business Validation Error"})";

} // namespace

TEST_CASE("the history of a document says why each try was made") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.fault(always_refused);
  CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  const Json issue = issue_of(world.open_issues(), "purchase_order/1042");
  CHECK(world.host({"run", "quickbooks", "inbox", "retry", issue["id"].text()}).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  world.control("DELETE", "faults");
  world.fault(R"({"method":"POST","action":"cut","path":"purchaseorder"})");
  world.set({{"fees_account", "Freight"}});
  CHECK(world.drain().exit_code == 0);
  CHECK(history(world, "purchase_order/1042") ==
        std::vector<std::string>{"event rejected", "person rejected", "change lost",
                                 "retry accepted"});
  const std::string shown =
      world.host({"run", "quickbooks", "outbox", "show", "purchase_order/1042"}).out;
  CHECK(has(shown, "intuit_tid"));
  CHECK(has(shown, "code 6000"));
}

TEST_CASE("a record that another document needed says so in its history") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  std::string part;
  for (const Json& entry : world.run_json({"outbox", "list"}))
    if (has(entry["subject"].text(), "part/")) part = entry["subject"].text();
  CHECK(history(world, part) == std::vector<std::string>{"derived accepted"});
}
