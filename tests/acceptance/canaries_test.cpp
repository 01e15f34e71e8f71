#include "acceptance/people.hpp"

#include <doctest/doctest.h>
#include <sstream>

// One journey with good, held and refused documents, and then a search for what must not be in
// the logs: the company's business, and lines that somebody else wrote.
using namespace acceptance;

namespace {

// What stands in nothing else, so that a hit is a hit.
constexpr const char* part_number = "ZQ-77-CANARY-PART";
constexpr const char* supplier_name = "Canary Supplies of Larkfield";
constexpr const char* street = "77 Canary Street";
constexpr const char* description = "Canary bracket, engraved";
constexpr const char* memo = "Canary memo for the supplier";
constexpr const char* mail = "canary-orders@example.com";
constexpr const char* amount = "77123.45";
constexpr const char* code = "CanaryExpense";

Order order_of_canaries(const std::string& id) {
  Order order = order_numbered(id);
  Part part;
  part.id = "P-77";
  part.number = part_number;
  Line line;
  line.part = part;
  line.description = description;
  line.quantity = "1";
  line.unit_cost = amount;
  line.total = amount;
  order.lines = {line};
  order.supplier.name = supplier_name;
  order.supplier.line1 = street;
  order.supplier.email = mail;
  order.memo = memo;
  return order;
}

// One that goes out, one that waits for a person, one that QuickBooks refuses.
void travel(const World& world) {
  world.set({{"missing_supplier", "create"}});
  world.deliver(po_ordered("c-1", order_of_canaries("7001")));
  Order held = order_of_canaries("7002");
  held.lines[0].part = std::nullopt;
  held.lines[0].expense_code = code;
  CHECK(world.emit(po_ordered("c-2", held)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  world.fault(
      R"({"method":"POST","path":"purchaseorder","action":"fault","code":"6000","message":")" +
      std::string(memo) + R"(","detail":")" + supplier_name + R"("})");
  CHECK(world.emit(po_ordered("c-3", order_of_canaries("7003"))).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.open_issues().size() == 2);
}

std::string logs_of(const World& world) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(world.home() / "logs"))
    all += process::text_of(entry.path());
  return all;
}

} // namespace

TEST_CASE("the business of a company stands in no log, whatever became of its documents") {
  const World world;
  travel(world);
  const std::string logs = logs_of(world);
  CHECK(has(logs, "quickbooks call")); // it was logged, with ids and codes
  for (const char* canary : {part_number, supplier_name, street, description, memo, mail, amount,
                             code, "77,123.45", "7712345"}) {
    CAPTURE(canary);
    CHECK_FALSE(has(logs, canary));
  }
  // The search does find: all of it is kept where it belongs.
  const std::string kept = process::text_of(world.plugin_data() / "quickbooks.db");
  CHECK((has(kept, part_number) && has(kept, street) && has(kept, amount)));
}

TEST_CASE("a call leaves a line with method, path, status, code, intuit_tid and duration") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  std::istringstream lines(logs_of(world));
  int calls = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!has(line, "quickbooks call")) continue;
    ++calls;
    CAPTURE(line);
    for (const char* name :
         {"method", "path", "status", "outcome", "code", "intuit_tid", "request_id", "duration_ms"})
      CHECK(has(line, name));
    CHECK_FALSE(has(line, world.realm()));
    CHECK(line.size() < 600);
  }
  CHECK(calls >= 2);
}

TEST_CASE("control characters of a part's number do not make a line or steer the screen") {
  const World world;
  Order order = order_numbered("1042");
  order.lines[0].part->number = "P-1\r\n2026-11-20T10:00:00.000Z error   host: forged\x1b[2J";
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  const auto drained = world.drain();
  const auto listed = world.host({"run", "quickbooks", "inbox", "list"});
  for (const std::string& text :
       {logs_of(world), drained.out + drained.err, listed.out + listed.err}) {
    CHECK_FALSE(has(text, "\n2026-11-20T10:00:00.000Z error"));
    CHECK_FALSE(has(text, "\r"));
    CHECK_FALSE(has(text, "\x1b"));
    CHECK(text.find('\0') == std::string::npos);
  }
}
