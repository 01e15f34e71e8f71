#include "acceptance/world.hpp"

#include <doctest/doctest.h>
#include <functional>

using namespace acceptance;

namespace {

constexpr int backlog_length = 12; // enough for a batch

std::string number(int i) {
  return std::to_string(6000 + i);
}

// All with one part; `change` makes each order differ.
std::string backlog(const std::string& prefix, const std::function<void(Order&, int)>& change) {
  std::string lines;
  for (int i = 0; i < backlog_length; ++i) {
    Order order = order_numbered(number(i));
    order.lines[0].quantity = std::to_string(i + 1);
    order.lines[0].total =
        plain(std::to_string((i + 1) * 125 / 10) + "." + std::to_string((i + 1) * 125 % 10));
    change(order, i);
    lines += po_ordered(prefix + order.id, order);
  }
  return lines;
}

std::string backlog() {
  return backlog("e-", [](Order&, int) {});
}

void stands_once_as_sent(const World& world, const std::string& sync_token = "0") {
  CHECK(world.count("PurchaseOrder") == backlog_length);
  for (int i = 0; i < backlog_length; ++i) {
    const Json order = world.purchase_order(number(i));
    CHECK(order["SyncToken"].text() == sync_token);
    CHECK(order["Line"].size() == 1);
    CHECK(plain(order["Line"].at(0)["ItemBasedExpenseLineDetail"]["Qty"].text()) ==
          std::to_string(i + 1));
  }
  CHECK(world.open_issues().size() == 0);
}

// The accident meets a batch that creates twelve orders, then one that updates them.
void goes_well_in_spite_of(const std::string& accident) {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  const std::string rule = R"({"method":"POST","path":"batch",)" + accident + "}";
  world.fault(rule);
  world.deliver(backlog());
  CHECK(world.faults_fired() == 1);
  stands_once_as_sent(world);

  world.fault(rule);
  world.deliver(backlog("v2-", [](Order& order, int) {
    order.version = 2;
    order.memo = "Changed";
  }));
  CHECK(world.faults_fired() == 2);
  stands_once_as_sent(world, "1");
  for (int i = 0; i < backlog_length; ++i)
    CHECK(world.purchase_order(number(i))["Memo"].text() == "Changed");
  // Whole and identical (docs/adr/0005).
  const auto sent = world.requests("batch");
  REQUIRE(sent.size() == 4);
  for (const std::size_t first : {0u, 2u}) {
    CHECK(sent[first + 1]["requestid"].text() == sent[first]["requestid"].text());
    CHECK(sent[first + 1]["body"].text() == sent[first]["body"].text());
  }
}

} // namespace

TEST_CASE("a backlog travels in batches of at most thirty, each document once") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.reset_counts();
  std::string lines;
  for (int i = 0; i < 75; ++i)
    lines += po_ordered("e-" + number(i), order_numbered(number(i)));
  world.deliver(lines);
  CHECK(world.count("PurchaseOrder") == 75);
  CHECK(world.counted("batches") == 3);
  CHECK(world.counted("calls") == 3);
  CHECK(world.counted("writes") == 75);
  CHECK(world.counted("metered") == 0);
}

TEST_CASE("a batch whose answer is lost writes nothing twice") {
  goes_well_in_spite_of(R"("action":"lost_answer")");
}

TEST_CASE("a batch that is cut before it is done is sent again") {
  goes_well_in_spite_of(R"("action":"cut")");
}

TEST_CASE("a batch whose answer breaks off in the middle writes nothing twice") {
  goes_well_in_spite_of(R"("action":"truncate","bytes":900)");
}

TEST_CASE("a web page instead of a batch's answer is not taken for one") {
  goes_well_in_spite_of(R"("action":"html")");
}

TEST_CASE("a batch overcomes status 503") {
  goes_well_in_spite_of(R"("action":"status","status":503)");
}

TEST_CASE("a document that a batch's answer leaves out is not written twice") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.fault(R"({"path":"batch","action":"patch","patch":[
      {"op":"remove","path":"/BatchItemResponse/7"},
      {"op":"remove","path":"/BatchItemResponse/0"}]})");
  world.deliver(backlog());
  CHECK(world.faults_fired() == 1);
  CHECK(world.count("PurchaseOrder") == backlog_length);
  for (int i = 0; i < backlog_length; ++i)
    CHECK(plain(world.purchase_order(number(i))["Line"]
                    .at(0)["ItemBasedExpenseLineDetail"]["Qty"]
                    .text()) == std::to_string(i + 1));
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("a change that a batch's answer leaves out adds no line twice") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.deliver(backlog());
  world.fault(R"({"path":"batch","action":"patch","patch":[
      {"op":"remove","path":"/BatchItemResponse/7"},
      {"op":"remove","path":"/BatchItemResponse/0"}]})");
  world.deliver(backlog("v2-", [](Order& order, int) {
    order.version = 2;
    order.lines.push_back(one_more_line());
  }));
  CHECK(world.faults_fired() == 1);
  CHECK(world.count("PurchaseOrder") == backlog_length);
  for (int i = 0; i < backlog_length; ++i)
    CHECK(world.purchase_order(number(i))["Line"].size() == 2);
}

TEST_CASE("an answer under another document's batch id is not taken for ours") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.fault(R"({"path":"batch","action":"patch","patch":[
      {"op":"replace","path":"/BatchItemResponse/0/bId","value":"2"},
      {"op":"replace","path":"/BatchItemResponse/1/bId","value":"1"}]})");
  world.deliver(backlog());
  CHECK(world.count("PurchaseOrder") == backlog_length);
  for (const Json& link : world.run_json({"links", "list"})) {
    if (link["entity"].text() != "PurchaseOrder") continue;
    const Json held = world.purchase_order(link["doc_number"].text());
    CHECK(link["subject"].text() == "purchase_order/" + held["DocNumber"].text());
    CHECK(link["entity_id"].text() == held["Id"].text());
  }
}

TEST_CASE("one refused document holds up no other of its batch") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  CHECK(world
            .emit(backlog("e-",
                          [](Order& order, int i) {
                            if (i == 4) order.lines[0].klass = "R&D";
                          }))
            .exit_code == 0);
  // The class is made inactive behind our back.
  Json klass;
  for (const Json& one : world.objects("Class"))
    if (one["Name"].text() == "R&D") klass = one;
  klass.set("Active", Json::parse("false"));
  world.admin_write("class", klass);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.count("PurchaseOrder") == backlog_length - 1);
  REQUIRE(world.open_issues().size() == 1);
  CHECK(world.open_issues().at(0)["documents"].at(0).text() == "purchase_order/" + number(4));
  CHECK(world.open_issues().at(0)["documents"].size() == 1);
}

TEST_CASE("a batch that is refused for now is sent again whole, not one by one") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.fault(R"({"path":"batch","action":"fault","code":"150",
                  "message":"System maintenance","detail":"Try again later"})");
  world.deliver(backlog());
  CHECK(world.faults_fired() == 1);
  CHECK(world.requests("batch").size() == 2);
  CHECK(world.requests("purchaseorder").size() == 0);
  stands_once_as_sent(world);
}

TEST_CASE(
    "trouble with the company that one document of a batch meets is told once and waited out") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  CHECK(world.emit(backlog()).exit_code == 0);
  world.fault(R"({"path":"batch","action":"patch","patch":[
      {"op":"replace","path":"/BatchItemResponse/3","value":{"bId":"4","Fault":{"type":"ValidationFault",
       "Error":[{"code":"6190","Message":"Invalid Company Status","Detail":"Subscription period has ended"}]}}}]})");
  CHECK(world.drain(1).exit_code == 3);
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  CHECK(issues.at(0)["code"].text() == "6190");
  world.must({"run", "quickbooks", "inbox", "retry", issues.at(0)["id"].text()});
  CHECK(world.drain(20).exit_code == 0);
  CHECK(world.count("PurchaseOrder") == backlog_length);
  CHECK(world.purchase_order(number(3))["Line"].size() == 1); // in spite of the refusal it stood
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("an edit of one document in QuickBooks holds up no other of its batch") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.deliver(backlog());
  Json edited = world.purchase_order(number(3));
  Json line = edited["Line"].at(0);
  line.erase("Id");
  line.set("Description", "Added by the bookkeeper");
  edited.member("Line").push(line);
  world.admin_write("purchaseorder", edited);
  world.reset_counts();
  world.deliver(backlog("v2-", [](Order& order, int) {
    order.version = 2;
    order.memo = "Changed";
  }));
  CHECK(world.count("PurchaseOrder") == backlog_length);
  for (int i = 0; i < backlog_length; ++i) {
    CHECK(world.purchase_order(number(i))["Memo"].text() == "Changed");
    CHECK(world.purchase_order(number(i))["SyncToken"].text() == (i == 3 ? "2" : "1"));
  }
  CHECK(world.purchase_order(number(3))["Line"].size() == 2);
  CHECK(world.counted("metered") <= 2); // reading the one that was edited; a batch may be metered
}

TEST_CASE("a batch writes nothing twice when QuickBooks forgets the request ids") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  CHECK(world.emit(backlog()).exit_code == 0);
  world.fault(R"({"path":"batch","action":"lost_answer"})");
  CHECK(world.drain(1).exit_code == 3);
  world.control("DELETE", "requestids");
  CHECK(world.drain().exit_code == 0);
  CHECK(world.faults_fired() == 1);
  CHECK(world.count("PurchaseOrder") == backlog_length);
  for (int i = 0; i < backlog_length; ++i)
    CHECK(world.purchase_order(number(i))["Line"].size() == 1);
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("a newer version that comes while a batch is in doubt is written after it") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  CHECK(world.emit(backlog()).exit_code == 0);
  world.fault(R"({"path":"batch","action":"lost_answer"})");
  CHECK(world.drain(1).exit_code == 3);
  Order newer = order_numbered(number(5));
  newer.version = 2;
  newer.memo = "The newest word";
  world.deliver(po_ordered("v2-5", newer));
  CHECK(world.count("PurchaseOrder") == backlog_length);
  CHECK(world.purchase_order(number(5))["Memo"].text() == "The newest word");
  CHECK(world.purchase_order(number(5))["SyncToken"].text() == "1");
}

TEST_CASE(
    "what a person discards while its batch runs stays as they decided, and nothing is doubled") {
  for (const char* action : {"late", "lost_answer"}) {
    CAPTURE(action);
    const World world;
    world.deliver(part_saved("p-1", Part()));
    CHECK(world.emit(backlog()).exit_code == 0);
    world.reset_counts();
    world.fault(R"({"method":"POST","path":"batch","hold":true,"action":")" + std::string(action) +
                "\"}");
    process::Running drain = world.start_host({"drain", "quickbooks", "--timeout", "60"});
    while (world.counted("writes") < backlog_length) // done, and its answer is held
      REQUIRE_FALSE(drain.has_ended());
    const std::string discarded = "purchase_order/" + number(3);
    world.must({"run", "quickbooks", "outbox", "discard", discarded, "--reason", "by hand"});
    world.control("DELETE", "faults");
    CHECK(drain.wait().exit_code == 0);
    stands_once_as_sent(world); // it had arrived before anybody could say no
    CHECK(world.requests("batch").size() == 1);
    CHECK(world.requests("purchaseorder").size() == 0);
    for (const Json& entry : world.run_json({"outbox", "list"}))
      CHECK(entry["state"].text() ==
            (entry["subject"].text() == discarded ? "discarded" : "delivered"));
    for (const Json& link : world.run_json({"links", "list"}))
      CHECK(link["subject"].text() != discarded);
    CHECK(world.drain().exit_code == 0);
    stands_once_as_sent(world);
  }
}
