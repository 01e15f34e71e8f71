#include "host/home.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace host_test;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string with(const std::string& line, const std::string& what, const std::string& instead) {
  const auto at = line.find(what);
  REQUIRE(at != std::string::npos);
  return std::string(line).replace(at, what.size(), instead);
}

std::string event_id_of(const std::string& told) {
  std::istringstream words(told);
  std::string sequence, attempt, id;
  words >> sequence >> attempt >> id;
  return id;
}

} // namespace

TEST_CASE("events reach the hooks in order, with a gapless sequence from 1") {
  const Home home;
  home.enable_moody();
  const auto result =
      home.emit(part_saved("e-1", "P-1") + po_ordered("e-2", "1042") + part_saved("e-3", "P-1"));
  CHECK(result.exit_code == 0);
  CHECK(result.out == "3 accepted, 3 delivered\n");
  const auto told = home.told();
  REQUIRE(told.size() == 3);
  const std::set<std::string> calls(told.begin(), told.end());
  CHECK(calls.count("1 1 e-1 part/P-1 0") == 1);
  CHECK(calls.count("2 1 e-2 purchase_order/1042 0") == 1);
  CHECK(calls.count("3 1 e-3 part/P-1 0") == 1);
  const auto at = [&](const char* id) {
    return std::find_if(told.begin(), told.end(),
                        [&](const auto& line) { return event_id_of(line) == id; });
  };
  CHECK(at("e-1") < at("e-3")); // one subject; e-2 may come in between
}

TEST_CASE("what is no event is named by line, event and field, and the rest goes on") {
  const Home home;
  home.enable_moody();
  const std::string good = po_ordered("e-bad", "1042");
  struct Bad {
    std::string line, field;
  };
  const std::vector<Bad> bad = {
      {"{not json", ""},
      {with(good, "Bracket", "Br\xff"), ""},
      {with(good, "po_ordered", "po_dreamt"), "kind"},
      {with(good, R"("id":"1042",)", ""), "purchase_order.id"},
      {with(good, R"("version":1)", R"("version":"1")"), "purchase_order.version"},
      {with(good, R"("total":"125")", R"("total":125)"), "purchase_order.lines[0].total"},
      {with(good, R"("total":"125")", R"("total":"1e3")"), "purchase_order.lines[0].total"},
      {with(good, R"("total":"125")", R"("total":"9999999999999999999")"),
       "purchase_order.lines[0].total"},
      {with(good, "Bracket", std::string(1024 * 1024 + 1, 'x')),
       "purchase_order.lines[0].description"}};
  for (const Bad& one : bad) {
    std::string line = one.line;
    if (line.back() != '\n') line += '\n';
    const auto result =
        home.emit(part_saved("e-first", "P-1") + line + part_saved("e-last", "P-2"));
    CAPTURE(line.substr(0, 200));
    CAPTURE(result.err);
    CHECK(result.exit_code == 1);
    CHECK(has(result.err, "line 2"));
    CHECK(has(result.err, one.field));
    if (line[1] == '"' && !has(line, "\xff")) CHECK(has(result.err, "e-bad"));
  }
  const json events = home.json({"events", "list", "--json"});
  CHECK(events.size() == 2); // e-first and e-last, each recorded once
  CHECK(home.told().size() == 2);
}

TEST_CASE("a known event is skipped, with other content it is an error") {
  const Home home;
  home.enable_moody();
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  const auto again = home.emit(part_saved("e-1", "P-1"));
  CHECK(again.exit_code == 0);
  CHECK(again.out == "0 accepted, 0 delivered, 1 skipped (known)\n");
  const auto reordered =
      home.emit(R"({"kind":"part_saved","actor":"buyer","part":{"active":true,"kind":"stocked",)"
                R"("description":"Bracket","revision":"B","number":"N-P-1","id":"P-1","extra":1},)"
                R"("occurred_at":"2026-11-20T12:00:00+02:00","event_id":"e-1"})"
                "\n");
  CHECK(reordered.exit_code == 0); // the same content in other words
  const auto other = home.emit(part_saved("e-0", "P-0") + part_saved("e-1", "P-1", "Other") +
                               part_saved("e-2", "P-2"));
  CHECK(other.exit_code == 1);
  CHECK(has(other.err, "line 2, event e-1, event_id: this id was recorded before"));
  CHECK(has(other.out, "2 accepted, 2 delivered"));
  CHECK(home.told().size() == 3);
}

TEST_CASE("an event without an id gets one") {
  const Home home;
  home.enable_moody();
  const std::string line = with(part_saved("e-1", "P-1"), R"("event_id":"e-1",)", "");
  CHECK(home.emit(line + line).out == "2 accepted, 2 delivered\n");
  const auto told = home.told();
  REQUIRE(told.size() == 2);
  CHECK(event_id_of(told[0]).size() == 36);
  CHECK(event_id_of(told[0]) != event_id_of(told[1]));
}

TEST_CASE("an event the plugin refuses for good is shown to a person and asked about no more") {
  const Home home;
  home.enable_moody();
  const auto result = home.emit(part_saved("e-1", "P-1", "invalid") + part_saved("e-2", "P-1"));
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "event e-1 (part/P-1): moody refused it: I do not want this part"));
  CHECK(home.emit("").exit_code == 0);
  CHECK(home.told().size() == 2);
  const json notices = home.json({"notices", "--json"});
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].at("severity") == "action_needed");
  const json open = home.json({"events", "list", "--undelivered", "--json"});
  REQUIRE(open.size() == 1);
  CHECK(open[0].at("state") == "refused");
  CHECK(home.run({"events", "retry", "e-1"}).exit_code == 0);
  CHECK(home.emit("").exit_code == 1);
  CHECK(home.told().back() == "1 2 e-1 part/P-1 -2");
}

TEST_CASE("what a hook refuses for now is tried again, and only its own subject waits for it") {
  const Home home;
  home.enable_moody();
  const auto result = home.emit(part_saved("e-1", "P-1", "retry 2") + part_saved("e-2", "P-1") +
                                part_saved("e-3", "P-2"));
  CHECK(result.exit_code == 0);
  const auto told = home.told();
  REQUIRE(told.size() == 5);
  std::vector<std::string> of_p1;
  std::size_t position_of_p2 = told.size();
  for (std::size_t i = 0; i < told.size(); ++i)
    if (has(told[i], "part/P-1"))
      of_p1.push_back(told[i]);
    else
      position_of_p2 = i;
  CHECK(of_p1 == std::vector<std::string>{"1 1 e-1 part/P-1 -7", "1 2 e-1 part/P-1 -7",
                                          "1 3 e-1 part/P-1 0", "2 1 e-2 part/P-1 0"});
  CHECK(position_of_p2 <= 1); // it did not wait for P-1
}

TEST_CASE("what could not be handed over in time goes first next time") {
  const Home home;
  home.enable_moody({"deliver=closed"});
  const auto first =
      home.run({"--timeout", "0", "emit", "-"}, part_saved("e-1", "P-1", "when open"));
  CHECK(first.exit_code == 3);
  CHECK(has(first.out, "1 waiting"));
  REQUIRE(home.run({"settings", "set", "moody", "deliver=open"}).exit_code == 0);
  const auto second = home.emit(part_saved("e-2", "P-1"));
  CAPTURE(second.err);
  CHECK(second.exit_code == 0);
  const auto told = home.told();
  REQUIRE(told.size() >= 3);
  CHECK(event_id_of(told[told.size() - 2]) == "e-1");
  CHECK(event_id_of(told.back()) == "e-2");
}

TEST_CASE("after a kill every recorded event is delivered, and none is lost") {
  const Home home;
  home.enable_moody({"delay_ms=20", "deliver=closed"});
  std::string lines;
  for (int i = 1; i <= 60; ++i) // the second half cannot be through before the kill
    lines += part_saved("e-" + std::to_string(i), "P-" + std::to_string(i % 7),
                        i > 30 ? "when open" : "Bracket");
  process::write_text(home.scratch("events.jsonl"), lines);
  auto emitting = home.start({"emit", "events.jsonl"});
  REQUIRE(home.wait_until_told(5));
  emitting.kill_hard();
  CHECK(emitting.wait().signal == 9);
  CHECK_FALSE(home.json({"events", "list", "--undelivered", "--json"}).empty());
  REQUIRE(home.run({"settings", "set", "moody", "deliver=open"}).exit_code == 0);
  CHECK(home.run({"emit", "events.jsonl"}).exit_code == 0);
  std::set<std::string> ids;
  std::set<int> sequences;
  for (const std::string& line : home.told()) {
    ids.insert(event_id_of(line));
    sequences.insert(std::stoi(line));
  }
  CHECK(ids.size() == 60);
  CHECK(sequences.size() == 60);
  CHECK(*sequences.begin() == 1);
  CHECK(*sequences.rbegin() == 60);
  CHECK(home.json({"events", "list", "--undelivered", "--json"}).empty());
}

TEST_CASE("different subjects are handed over at the same time") {
  const Home home;
  home.enable_moody({"delay_ms=30"});
  std::string lines;
  for (int i = 0; i < 8; ++i)
    lines += part_saved("e-" + std::to_string(i), "P-" + std::to_string(i));
  auto emitting = home.start({"emit", "-"});
  emitting.write(lines);
  REQUIRE(home.wait_until_told(8));
  CHECK(std::stoi(home.run({"run", "moody", "at-once"}).out) > 1);
  CHECK(emitting.wait().exit_code == 0);
}

TEST_CASE("a kind the plugin has no hook for is settled and counted") {
  const Home home;
  home.enable_moody();
  const auto result =
      home.emit(R"({"event_id":"e-1","occurred_at":"2026-11-20T10:00:00Z","kind":"supplier_saved",)"
                R"("supplier":{"id":"S-7","name":"Example Hardware"}})"
                "\n");
  CHECK(result.exit_code == 0);
  CHECK(result.out == "1 accepted, 0 delivered, 1 of a kind the plugin does not take\n");
  CHECK(home.json({"events", "list", "--json"})[0].at("state") == "not_offered");
}

TEST_CASE("what happened before a plugin was enabled, or while it was disabled, is not for it") {
  const Home home;
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  home.enable_moody();
  CHECK(home.emit(part_saved("e-2", "P-1")).exit_code == 0);
  CHECK(home.run({"plugins", "disable", "moody"}).exit_code == 0);
  const auto alone = home.emit(part_saved("e-3", "P-1"));
  CHECK(alone.exit_code == 0);
  CHECK(has(alone.err, "no plugin is enabled"));
  CHECK(home.run({"plugins", "enable", "moody"}).exit_code == 0);
  CHECK(home.emit(part_saved("e-4", "P-1")).exit_code == 0);
  CHECK(home.told() == std::vector<std::string>{"1 1 e-2 part/P-1 0", "2 1 e-4 part/P-1 0"});
}

TEST_CASE("a plugin that does not start keeps its events waiting") {
  const Home home;
  home.enable_moody();
  CHECK(home.run({"settings", "set", "moody", "ap_account=refuse to start"}).exit_code == 0);
  const auto result = home.emit(part_saved("e-1", "P-1"));
  CHECK(result.exit_code == 3);
  CHECK(has(result.err, "ap_account keeps me from starting"));
  CHECK(home.run({"settings", "set", "moody", "ap_account=2000"}).exit_code == 0);
  CHECK(home.emit("").exit_code == 0);
  CHECK(home.told() == std::vector<std::string>{"1 1 e-1 part/P-1 0"});
}

TEST_CASE("counts come as JSON, and a file that is not there is an error") {
  const Home home;
  home.enable_moody();
  const auto result = home.run({"emit", "-", "--json"}, part_saved("e-1", "P-1"));
  CHECK(json::parse(result.out) == json{{"accepted", 1},
                                        {"skipped", 0},
                                        {"bad_lines", 0},
                                        {"delivered", 1},
                                        {"refused", 0},
                                        {"not_offered", 0},
                                        {"waiting", 0}});
  CHECK(home.run({"emit", "nowhere.jsonl"}).exit_code == 1);
}

TEST_CASE("a slow writer's events go out while it is still writing") {
  const Home home;
  home.enable_moody();
  auto emitting = home.start({"emit", "-"});
  emitting.write(part_saved("e-1", "P-1"));
  CHECK(home.wait_until_told(1));
  emitting.write(part_saved("e-2", "P-1"));
  CHECK(home.wait_until_told(2));
  CHECK(emitting.wait().exit_code == 0);
}
