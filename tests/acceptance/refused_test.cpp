#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

constexpr int hold_over_s = 400; // nothing is tried for 300 s after a refusal of the whole company

std::string rule(const std::string& code, const std::string& message, const std::string& detail,
                 const std::string& more = "") {
  return R"({"method":"POST","path":"purchaseorder","action":"fault","code":")" + code +
         R"(","message":")" + message + R"(","detail":")" + detail + "\"" + more + "}";
}

std::string orders(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i)
    lines += po_ordered("e-" + std::to_string(i), order_numbered(std::to_string(1000 + i)));
  return lines;
}

// The support identifier that QuickBooks gave with its last refusal.
std::string last_tid(const World& world) {
  std::string tid;
  for (const Json& request : world.requests())
    if (request["status"].integer() >= 400) tid = request["intuit_tid"].text();
  return tid;
}

// A world in which the item of our orders exists, so that each of them is one call.
void know_the_item(const World& world) {
  world.deliver(part_saved("p-1", Part()));
}

void says_what_quickbooks_said(const World& world, const Json& issue, const std::string& code,
                               const std::string& words) {
  CAPTURE(issue.dump());
  reads_plainly(issue);
  CHECK(issue["code"].text() == code);
  CHECK(has(issue["quickbooks_says"].text(), words));
  CHECK(issue["intuit_tid"].text() == last_tid(world));
  CHECK(issue["intuit_tid"].text().size() > 10);
}

} // namespace

TEST_CASE("a closed period holds the orders of that time, and reopened it lets them go") {
  const World world;
  know_the_item(world);
  world.fault(rule("6200", "Account Period Closed",
                   "Account Period Closed : The account period has closed and the account books "
                   "cannot be updated through this date 2026-11-30.",
                   R"(,"body_contains":"2026-11-20","times":0)"));
  Order later = order_numbered("2000");
  later.ordered_on = "2026-12-01";
  CHECK(world.emit(po_ordered("e-1", order_numbered("1000"))).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.emit(po_ordered("e-2", later)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(state_of(world, "purchase_order/2000") == "delivered");
  const Json issue = issue_of(world.open_issues(), "purchase_order/1000");
  says_what_quickbooks_said(world, issue, "6200", "2026-11-30");
  CHECK(amounts_of(issue) == "125 USD");
  CHECK(has(issue["title"].text(), "closed"));

  world.control("DELETE", "faults");
  world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text()});
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
}

TEST_CASE(
    "what QuickBooks refuses of one document is told in its words, with code and intuit_tid") {
  struct Refusal {
    std::string code, message, detail, words;
  };
  const std::vector<Refusal> refusals = {
      {"6210", "Account Period Closed",
       "Account Period Closed, Cannot Update Through Services by API : The account period has "
       "closed",
       "Cannot Update Through Services"},
      {"2500", "Invalid Reference Id", "Invalid Reference Id : Accounts element id 7 not found",
       "Accounts element id 7 not found"},
      {"610", "Object Not Found",
       "Object Not Found : Something you're trying to use has been made inactive.",
       "has been made inactive"},
      {"6000", "A business validation error has occurred while processing your request",
       "Business Validation Error: The vendor is on hold at the moment.", "The vendor is on hold"},
      {"98765", "Something new", "A rule that nobody has heard of",
       "A rule that nobody has heard of"},
  };
  const World world;
  know_the_item(world);
  std::string lines;
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const std::string id = std::to_string(1000 + i);
    lines += po_ordered("e-" + id, order_numbered(id));
    lines += po_ordered("good-" + id, order_numbered("9" + id));
    world.fault(rule(refusals[i].code, refusals[i].message, refusals[i].detail,
                     R"(,"body_contains":"\"DocNumber\":\")" + id + R"(\"","times":0)"));
  }
  // One by one, so that each refusal can be told from the others by its request.
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at) + 1;
    CHECK(world.emit(lines.substr(at, end - at)).exit_code == 0);
    at = end;
    CHECK(world.drain().exit_code == 2);
  }
  CHECK(world.count("PurchaseOrder") == refusals.size()); // the good ones flowed on
  const Json issues = world.open_issues();
  CHECK(issues.size() == refusals.size());
  const auto requests = world.requests("purchaseorder");
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    CAPTURE(refusals[i].code);
    const std::string id = std::to_string(1000 + i);
    const Json issue = issue_of(issues, "purchase_order/" + id);
    CAPTURE(issue.dump());
    reads_plainly(issue);
    CHECK(issue["code"].text() == refusals[i].code);
    CHECK(has(issue["quickbooks_says"].text(), refusals[i].words));
    CHECK(amounts_of(issue) == "125 USD");
    std::string tid;
    for (const Json& request : requests)
      if (has(request["body"].text(), "\"DocNumber\":\"" + id + "\""))
        tid = request["intuit_tid"].text();
    CHECK(issue["intuit_tid"].text() == tid);
    CHECK_FALSE(tid.empty());
    // The history of the document says it as well.
    const Json shown = world.run_json({"outbox", "show", "purchase_order/" + id});
    CHECK(shown["attempts_made"].size() >= 1);
    CHECK(shown["attempts_made"].at(0)["code"].text() == refusals[i].code);
  }
  world.control("DELETE", "faults");
  world.must({"run", "quickbooks", "inbox", "retry", "--all"});
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2 * refusals.size());
  CHECK(notices(world).size() == 0);
}

namespace {

struct CompanyRefusal {
  std::string code, answer, words;
};

void holds_everything_with_one_issue(const CompanyRefusal& refusal) {
  CAPTURE(refusal.code);
  constexpr int count = 12;
  World world;
  know_the_item(world);
  world.fault(refusal.answer);
  CHECK(world.emit(orders(count)).exit_code == 0);
  world.reset_counts();
  const auto drained = world.drain(2);
  CHECK(drained.exit_code == 3);
  CHECK(world.count("PurchaseOrder") == 0);
  CHECK(world.counted("calls") <= 2); // and not one for each document
  const std::int64_t calls = world.counted("calls");

  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  const Json& issue = issues.at(0);
  CAPTURE(issue.dump());
  reads_plainly(issue);
  CHECK(issue["cause"].text() == "company/" + refusal.code);
  CHECK(issue["code"].text() == refusal.code);
  CHECK(has(issue["quickbooks_says"].text(), refusal.words));
  CHECK_FALSE(issue["intuit_tid"].text().empty());
  CHECK(documents_of(issue).size() == count);
  CHECK(amounts_of(issue) == std::to_string(125 * count) + " USD");
  CHECK(notices(world).size() == 1);

  // Nothing is tried while it lasts, and nothing is told twice.
  CHECK(world.drain(1).exit_code == 3);
  CHECK(world.counted("calls") == calls);
  CHECK(world.open_issues().size() == 1);
  CHECK(notices(world).size() == 1);

  // It lasts: tried once more after the pause, still one issue.
  CHECK(host_later(world, hold_over_s, {"drain", "quickbooks", "--timeout", "1"}).exit_code == 3);
  CHECK(world.open_issues().size() == 1);
  CHECK(world.open_issues().at(0)["id"].text() == issue["id"].text());
  CHECK(notices(world).size() == 1);

  // It is over: everything goes out by itself.
  world.control("DELETE", "faults");
  CHECK(drain_later(world, 2 * hold_over_s).exit_code == 0);
  CHECK(world.count("PurchaseOrder") == count);
  CHECK(world.open_issues().size() == 0);
  CHECK(issue_by_id(world, issue["id"].text())["state"].text() == "resolved");
  CHECK(notices(world).size() == 0);
}

} // namespace

TEST_CASE("a subscription that ended holds everything with one issue, and goes on by itself") {
  holds_everything_with_one_issue(
      {"6190",
       R"({"method":"POST","action":"fault","path":"[pb]*","times":0,"code":"6190",
           "message":"Invalid Company Status","detail":"Subscription period has ended or canceled or there was a billing problem : You can't add data to QuickBooks Online Plus because your trial or subscription period ended."})",
       "trial or subscription period ended"});
}

TEST_CASE("a right that is missing holds everything with one issue, and goes on by itself") {
  holds_everything_with_one_issue(
      {"5020",
       R"({"method":"POST","action":"status","path":"[pb]*","times":0,"status":403,"content_type":"application/json",
           "body":"{\"Fault\":{\"Error\":[{\"Message\":\"Permission Denied Error\",\"Detail\":\"Permission Denied Error : You do not have permission to access this feature: purchase orders\",\"code\":\"5020\",\"element\":\"\"}],\"type\":\"ValidationFault\"},\"time\":\"2026-11-22T05:00:00.000-08:00\"}"})",
       "do not have permission"});
}

TEST_CASE("a person who has mended the company's trouble need not wait") {
  World world;
  know_the_item(world);
  world.fault(R"({"method":"POST","action":"fault","path":"purchaseorder","times":0,"code":"6190",
                  "message":"Invalid Company Status","detail":"Subscription period has ended"})");
  CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
  CHECK(world.drain(1).exit_code == 3);
  world.control("DELETE", "faults");
  const std::string id = world.open_issues().at(0)["id"].text();
  world.must({"run", "quickbooks", "inbox", "retry", id});
  CHECK(world.drain(20).exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
}

TEST_CASE("a line whose answer was lost is added once though the next try was refused") {
  World world;
  Order order = order_numbered("1042");
  world.deliver(po_ordered("e-1", order));
  order.version = 2;
  order.lines.push_back(one_more_line());
  world.fault(R"([{"method":"POST","path":"purchaseorder","action":"lost_answer"},
                  {"method":"POST","path":"purchaseorder","times":0,"action":"fault",
                   "code":"6190","message":"Invalid Company Status","detail":"It has ended"}])");
  CHECK(world.emit(po_ordered("e-2", order)).exit_code == 0);
  CHECK(world.drain(20).exit_code == 3);
  REQUIRE(world.open_issues().size() == 1);
  world.control("DELETE", "faults");
  world.control("POST", "requestids", R"({"retention_seconds":0})");
  world.must({"run", "quickbooks", "inbox", "retry", "--all"});
  CHECK(world.drain(20).exit_code == 0);
  CHECK(world.purchase_order("1042")["Line"].size() == 2);
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("trouble on QuickBooks' own side is waited out without a person") {
  const World world;
  know_the_item(world);
  world.fault(
      R"({"method":"POST","path":"purchaseorder","action":"status","status":503,"times":2,"body":"<html>down</html>"})");
  CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(all_issues(world).size() == 0);
}
