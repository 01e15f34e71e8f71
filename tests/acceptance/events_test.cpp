#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

using Kind = Json::Kind;

struct Member {
  const char* name;
  std::vector<Kind> kinds;
};

// Each promised member is there, and of the promised kind.
void is_shaped(const Json& object, const std::vector<Member>& members) {
  CAPTURE(object.dump());
  REQUIRE(object.kind() == Kind::object);
  for (const Member& member : members) {
    CAPTURE(member.name);
    bool there = false;
    for (const auto& [name, value] : object.members())
      there = there || name == member.name;
    CHECK(there);
    bool fits = false;
    for (const Kind kind : member.kinds)
      fits = fits || object[member.name].kind() == kind;
    CHECK(fits);
  }
}

const std::vector<Member> entry_members = {{"id", {Kind::number}},
                                           {"event_id", {Kind::text}},
                                           {"kind", {Kind::text}},
                                           {"subject", {Kind::text}},
                                           {"state", {Kind::text}},
                                           {"attempts", {Kind::number}},
                                           {"next_attempt_at", {Kind::text, Kind::null}},
                                           {"issue_id", {Kind::number, Kind::null}}};

} // namespace

TEST_CASE("a line that is no event is named by line, event and field, and the others go on") {
  const World world;
  const std::string good = po_ordered("e-bad", order_numbered("1042"));
  const std::string part = part_saved("e-bad", Part());
  struct Bad {
    std::string why, line, field;
    bool has_id = true; // the line is whole enough to read its id
  };
  const std::vector<Bad> bad = {
      {"malformed JSON", "{\"event_id\":\"e-bad\",\n", "", false},
      {"two values", with(good, "\n", " {}\n"), "", false},
      {"no object", "[]\n", "", false},
      {"invalid UTF-8", with(good, "Bracket", "Br\xff\xfe"), "", false},
      {"half a character", with(good, "Bracket", "Br\xc3"), "", false},
      {"an unknown kind", with(good, "po_ordered", "po_dreamt"), "kind"},
      {"another case of a kind", with(good, "po_ordered", "PO_ORDERED"), "kind"},
      {"no kind", with(good, R"("kind":"po_ordered",)", ""), "kind"},
      {"no document", with(good, R"("purchase_order":{)", R"("order":{)"), "purchase_order"},
      {"no number", with(good, R"("number":"1042",)", ""), "purchase_order.number"},
      {"a null id", with(good, R"("id":"1042")", R"("id":null)"), "purchase_order.id"},
      {"an empty id", with(good, R"("id":"1042")", R"("id":"")"), "purchase_order.id"},
      {"a version in quotes", with(good, R"("version":1)", R"("version":"1")"),
       "purchase_order.version"},
      {"half a version", with(good, R"("version":1)", R"("version":1.5)"),
       "purchase_order.version"},
      {"an unknown status", with(good, R"("status":"ordered")", R"("status":"Ordered")"),
       "purchase_order.status"},
      {"no supplier", with(good, R"("supplier":{)", R"("vendor":{)"), "purchase_order.supplier"},
      {"lines that are none", with(good, R"("lines":[)", R"("lines":"none","rows":[)"),
       "purchase_order.lines"},
      {"an active that is text", with(part, R"("active":true)", R"("active":"yes")"),
       "part.active"},
      {"a part of no kind", with(part, "stocked", "magic"), "part.kind"},
      {"an amount as a number", with(good, R"("total":"125")", R"("total":125)"),
       "purchase_order.lines[0].total"},
      {"an amount with an exponent", with(good, R"("total":"125")", R"("total":"1.25e2")"),
       "purchase_order.lines[0].total"},
      {"an amount with a comma", with(good, R"("total":"125")", R"("total":"1,250.00")"),
       "purchase_order.lines[0].total"},
      {"an amount of blanks", with(good, R"("total":"125")", R"("total":" 125")"),
       "purchase_order.lines[0].total"},
      {"an amount that does not fit",
       with(good, R"("total":"125")", R"("total":"9223372036854775808")"),
       "purchase_order.lines[0].total"},
      {"an amount of too many decimals",
       with(good, R"("total":"125")", R"("total":"0.1234567890123456789")"),
       "purchase_order.lines[0].total"},
      {"a quantity that is missing", with(good, R"("quantity":"10")", R"("quantity":null)"),
       "purchase_order.lines[0].quantity"},
      {"a day there is none of", with(good, "2026-11-20\"", "2026-02-30\""),
       "purchase_order.ordered_on"},
      {"an instant without zone", with(good, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00"),
       "occurred_at"},
      {"a currency in words", with(good, R"("currency":"USD")", R"("currency":"Dollar")"),
       "purchase_order.currency"},
      {"an attribute that is a number", with(good, R"("Class":null)", R"("Class":7)"),
       "purchase_order.lines[0].attributes.Class"},
      {"a string over 1 MiB", with(good, "Deliver to dock 3", std::string(1024 * 1024 + 1, 'x')),
       "purchase_order.memo"},
      {"a member twice",
       with(good, R"("status":"ordered")", R"("status":"ordered","status":"closed")"),
       "purchase_order.status"},
  };
  std::string lines;
  std::size_t good_ones = 0;
  for (const Bad& one : bad) {
    lines += one.line;
    lines += part_saved(
        "good " + std::to_string(good_ones),
        {.id = "P-" + std::to_string(good_ones), .number = "G-" + std::to_string(good_ones)});
    ++good_ones;
  }
  const auto result = world.host({"emit", "--json", "-"}, lines);
  CHECK(result.exit_code == 1);
  const Json counts = Json::parse(result.out);
  CHECK(counts["bad_lines"].integer() == static_cast<std::int64_t>(bad.size()));
  CHECK(counts["accepted"].integer() == static_cast<std::int64_t>(good_ones));
  CHECK(counts["delivered"].integer() == static_cast<std::int64_t>(good_ones));

  // What was said, by line.
  std::size_t at = 0;
  for (std::size_t i = 0; i < bad.size(); ++i) {
    CAPTURE(bad[i].why);
    const std::string number = "line " + std::to_string(2 * i + 1);
    at = result.err.find(number, at);
    REQUIRE(at != std::string::npos);
    const std::string said = result.err.substr(at, result.err.find('\n', at) - at);
    CAPTURE(said);
    CHECK(said.substr(0, number.size()) == number);
    CHECK((said[number.size()] == ':' || said[number.size()] == ','));
    CHECK(has(said, bad[i].field));
    if (bad[i].has_id) CHECK(has(said, "e-bad"));
    CHECK(said.size() < 500); // a hostile text does not fill the screen
  }

  // Nothing of the bad ones was recorded: not by the host, not by the plugin.
  CHECK(Json::parse(world.must({"events", "list", "--json"}).out).size() == good_ones);
  const Json entries = world.run_json({"outbox", "list"});
  CHECK(entries.size() == good_ones);
  for (const Json& entry : entries)
    CHECK(entry["event_id"].text().starts_with("good "));
  CHECK(world.emit(good).exit_code == 0); // its id is still free
}

TEST_CASE("a string of exactly 1 MiB is an event, and QuickBooks' own limit holds it") {
  const World world;
  Order order = order_numbered("1042");
  order.memo = std::string(1024 * 1024, 'x');
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  const Json issue = issue_of(world.open_issues(), "purchase_order/1042");
  CHECK(issue.dump().size() < 4000);
}

TEST_CASE("a known event is skipped, and with other content it is an error that changes nothing") {
  const World world;
  const std::string line = po_ordered("e-1", order_numbered("1042"));
  world.deliver(line);
  CHECK(has(world.must({"emit", "-"}, line).out, "1 skipped"));
  Order other = order_numbered("1042");
  other.memo = "other words";
  const auto refused = world.emit(part_saved("e-0", Part()) + po_ordered("e-1", other));
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "line 2, event e-1"));
  CHECK(has(refused.err, "other content"));
  CHECK(world.drain().exit_code == 0);
  CHECK(world.purchase_order("1042")["Memo"].text() == "Deliver to dock 3");
}

TEST_CASE("drain says by its exit code how it stands") {
  World world({.connected = false});
  const auto not_connected = world.host({"drain", "quickbooks", "--timeout", "5", "--json"});
  CHECK(not_connected.exit_code == 4); // not connected
  CHECK(has(not_connected.err, "connect"));
  world.connect();
  CHECK(world.drain().exit_code == 0); // nothing is open

  CHECK(world.emit(po_ordered("e-1", with_code("1042", "Shop Suplies"))).exit_code == 0);
  const auto blocked = world.host({"drain", "quickbooks", "--timeout", "20", "--json"});
  CHECK(blocked.exit_code == 2); // only blocked ones are left
  is_shaped(Json::parse(blocked.out), {{"delivered", {Kind::number}},
                                       {"blocked", {Kind::number}},
                                       {"waiting", {Kind::number}},
                                       {"next_due", {Kind::null}}});
  CHECK(Json::parse(blocked.out)["blocked"].integer() == 1);

  CHECK(world.emit(po_ordered("e-2", with_code("1043", "Shop Supplies"))).exit_code == 0);
  world.stop_emulator();
  const auto waiting = world.host({"drain", "quickbooks", "--timeout", "1", "--json"});
  CHECK(waiting.exit_code == 3); // time ran out with entries waiting
  const Json report = Json::parse(waiting.out);
  CHECK(report["waiting"].integer() == 1);
  CHECK(report["next_due"].kind() == Kind::text);
  world.start_emulator();

  world.must({"plugins", "disable", "quickbooks"});
  CHECK(world.drain(5).exit_code == 4); // disabled
  world.must({"plugins", "enable", "quickbooks"});
  CHECK(world.drain(60).exit_code == 2);
  CHECK(world.count("PurchaseOrder") == 1);

  CHECK(world.host({"drain", "nobody"}).exit_code == 1);
  CHECK(world.host({"drain"}).exit_code == 1);
  CHECK(world.host({"drain", "quickbooks", "--timeout", "soon"}).exit_code == 1);
}

TEST_CASE("what others read as JSON has the members they were promised") {
  const World world;
  CHECK(world
            .emit(po_ordered("e-1", order_of_every_kind("1042")) +
                  po_ordered("e-2", with_code("1043", "Shop Suplies")))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);

  const Json status = world.run_json({"status"});
  is_shaped(status, {{"connected", {Kind::boolean}},
                     {"company", {Kind::object}},
                     {"environment", {Kind::text}},
                     {"waiting", {Kind::number}},
                     {"blocked", {Kind::number}},
                     {"delivered", {Kind::number}},
                     {"refresh_token_expires_on", {Kind::text}}});
  is_shaped(status["company"], {{"id", {Kind::text}}, {"name", {Kind::text}}});
  CHECK(status["company"]["id"].text() == world.realm());
  CHECK(status["environment"].text() == "emulator");
  CHECK(status["refresh_token_expires_on"].text().size() == 10);
  CHECK(status["blocked"].integer() == 1);
  CHECK(status["delivered"].integer() == 3); // the order and its two items

  const Json entries = world.run_json({"outbox", "list"});
  REQUIRE(entries.size() == 4);
  for (const Json& entry : entries)
    is_shaped(entry, entry_members);
  const Json one =
      world.run_json({"outbox", "show", entry_of(world, "purchase_order/1042")["id"].text()});
  is_shaped(one, entry_members);
  CHECK(one["event_id"].text() == "e-1");
  CHECK(one["kind"].text() == "po_ordered");
  CHECK(one["subject"].text() == "purchase_order/1042");
  const Json held = entry_of(world, "purchase_order/1043");
  CHECK(held["state"].text() == "blocked");
  CHECK(held["issue_id"].text() == world.open_issues().at(0)["id"].text());
  CHECK(world.run_json({"outbox", "list", "--open"}).size() == 1);

  const Json links = world.run_json({"links", "list"});
  REQUIRE(links.size() == 3);
  for (const Json& link : links)
    is_shaped(link, {{"subject", {Kind::text}},
                     {"entity", {Kind::text}},
                     {"entity_id", {Kind::text}},
                     {"sync_token", {Kind::text}},
                     {"doc_number", {Kind::text, Kind::null}}});
  for (const Json& issue : world.run_json({"inbox", "list"}))
    reads_plainly(issue);

  // What is not there, and what is not understood, is said and is an error.
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"run", "quickbooks", "outbox", "show", "purchase_order/7"},
        std::vector<std::string>{"run", "quickbooks", "outbox", "lst"},
        std::vector<std::string>{"run", "quickbooks", "dance"},
        std::vector<std::string>{"run", "quickbooks", "status", "--loudly"}}) {
    const auto refused = world.host(words);
    CHECK(refused.exit_code == 1);
    CHECK(refused.out.empty());
    CHECK_FALSE(refused.err.empty());
  }
}

TEST_CASE("a receipt is recorded, and settled visibly as nothing to do") {
  const World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  world.reset_counts();
  world.deliver(po_received("e-2", order_numbered("1042")));
  CHECK(world.counted("calls") == 0);
  const Json entry = world.run_json({"outbox", "show", "receipt/R-1042"});
  CHECK(entry["kind"].text() == "po_received");
  CHECK(entry["state"].text() == "delivered");
  CHECK(has(entry["note"].text(), "receipts=none"));
  CHECK(has(entry["note"].text(), "nothing to do"));
  CHECK(has(world.must({"run", "quickbooks", "outbox", "show", "receipt/R-1042"}).out,
            "receipts=none"));
  CHECK(world.count("Bill") == 0);
  CHECK(world.purchase_order("1042")["POStatus"].text() == "Open");
}
