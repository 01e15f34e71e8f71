#include "acceptance/people.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdexcept>

namespace acceptance {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string with(const std::string& text, const std::string& what, const std::string& instead) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("no " + what + " in " + text);
  return std::string(text).replace(at, what.size(), instead);
}

// --- at the command line

Json issue_of(const Json& issues, const std::string& subject) {
  std::vector<Json> found;
  for (const Json& issue : issues)
    for (const Json& document : issue["documents"])
      if (document.text() == subject) found.push_back(issue);
  if (found.size() != 1)
    throw std::runtime_error(std::to_string(found.size()) + " issues hold up " + subject + ": " +
                             issues.dump());
  return found.front();
}

Json all_issues(const World& world) {
  return world.run_json({"inbox", "list", "--all"});
}

Json issue_by_id(const World& world, const std::string& id) {
  return world.run_json({"inbox", "show", id});
}

std::vector<std::string> documents_of(const Json& issue) {
  std::vector<std::string> documents;
  for (const Json& document : issue["documents"])
    documents.push_back(document.text());
  return documents;
}

std::string amounts_of(const Json& issue) {
  std::string text;
  for (const Json& amount : issue["amounts"])
    text += (text.empty() ? "" : ", ") + plain(amount["amount"].text()) + " " +
            amount["currency"].text();
  return text;
}

Json notices(const World& world) {
  return Json::parse(world.must({"notices", "--json"}).out);
}

Json entry_of(const World& world, const std::string& subject) {
  Json newest;
  for (const Json& entry : world.run_json({"outbox", "list"}))
    if (entry["subject"].text() == subject) newest = entry;
  if (newest.is_null()) throw std::runtime_error("the outbox has no " + subject);
  return newest;
}

std::string state_of(const World& world, const std::string& subject) {
  return entry_of(world, subject)["state"].text();
}

process::Result host_later(const World& world, int seconds, const std::vector<std::string>& words) {
  std::vector<std::string> all{"--home", world.home().string()};
  all.insert(all.end(), words.begin(), words.end());
  return process::run(
      ERP_HOST, all,
      {.folder = world.scratch("home").parent_path(),
       .extra = {{"LD_PRELOAD", CLOCK_AHEAD}, {"CLOCK_AHEAD_S", std::to_string(seconds)}}});
}

process::Result drain_later(const World& world, int seconds) {
  return host_later(world, seconds, {"drain", "quickbooks", "--timeout", "30"});
}

process::Result try_connect(const World& world, const std::vector<std::string>& options) {
  std::vector<std::string> words{"connect", "quickbooks"};
  words.insert(words.end(), options.begin(), options.end());
  if (std::find(words.begin(), words.end(), "--timeout") == words.end()) {
    words.push_back("--timeout");
    words.push_back("30");
  }
  process::Running connecting = world.start_host(words);
  if (const auto address = connecting.next_line()) Client(world.ca_file()).browse(*address);
  return connecting.wait();
}

std::string standing(const World& world) {
  return world.must({"run", "quickbooks", "status", "--json"}).out +
         world.must({"settings", "show", "quickbooks", "--json"}).out;
}

void still_works(const World& world) {
  static int orders = 0;
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  const std::string id = std::to_string(9000 + ++orders);
  world.deliver(po_ordered("still works " + id, order_numbered(id)));
  CHECK(world.purchase_order(id)["DocNumber"].text() == id);
}

void fails_and_says(const process::Result& result, const std::vector<std::string>& words) {
  CAPTURE(result.out);
  CAPTURE(result.err);
  CHECK(result.exit_code != 0);
  CHECK(result.exit_code != -1);
  for (const std::string& word : words)
    CHECK_MESSAGE(has(result.err, word), "it does not say ", word, ": ", result.err);
  CHECK_FALSE(has(result.err, "exception"));
}

void delete_in_quickbooks(const World& world, const char* entity, const Json& object) {
  Json gone = Json::object();
  gone.set("Id", object["Id"]).set("SyncToken", object["SyncToken"]);
  world.admin_write(std::string(entity) + "?operation=delete", gone);
}

void everything_is_out(const World& world) {
  CHECK(world.open_issues().size() == 0);
  CHECK(notices(world).size() == 0);
  for (const Json& entry : world.run_json({"outbox", "list"})) {
    CAPTURE(entry.dump());
    CHECK(entry["state"].text() == "delivered");
    CHECK(entry["issue_id"].is_null());
  }
  CHECK(world.run_json({"status"})["blocked"].integer() == 0);
}

Json blocked(const World& world, const std::string& line, const std::string& subject) {
  CHECK(world.emit(line).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(state_of(world, subject) == "blocked");
  return issue_of(world.open_issues(), subject);
}

void reads_plainly(const Json& issue) {
  using Kind = Json::Kind;
  CAPTURE(issue.dump());
  CHECK(issue["id"].kind() == Kind::number);
  for (const char* member : {"state", "cause", "title", "meaning", "remedy"}) {
    CAPTURE(member);
    CHECK(issue[member].kind() == Kind::text);
    CHECK(issue[member].text().size() > 3);
  }
  CHECK(issue["documents"].kind() == Kind::array);
  CHECK(issue["amounts"].kind() == Kind::array);
  for (const Json& amount : issue["amounts"]) {
    CHECK(amount["currency"].text().size() == 3);
    CHECK(amount["amount"].kind() == Kind::text);
  }
  std::vector<std::string> members;
  for (const auto& [name, value] : issue.members())
    members.push_back(name);
  for (const char* member : {"quickbooks_says", "code", "intuit_tid"}) // null where it said nothing
    CHECK(std::find(members.begin(), members.end(), member) != members.end());
  for (const char* member : {"title", "meaning", "remedy"})
    for (const char* inside :
         {"purchase_order/", "part/", "_unknown", "_inactive", "DocNumber", "SyncToken", "Ref\"",
          "JSON", "HTTP", "exception", "std::", "null", "{", "}"})
      CHECK_MESSAGE(!has(issue[member].text(), inside), member, " says ", inside, ": ",
                    issue[member].text());
}

// --- orders

Line coded(const std::string& code) {
  return {.part = std::nullopt, .expense_code = code};
}

Order with_code(const std::string& id, const std::string& code) {
  Order order = order_numbered(id);
  order.lines = {coded(code)};
  return order;
}

Order with_class(const std::string& id, const std::string& name) {
  Order order = order_numbered(id);
  order.lines[0].klass = name;
  return order;
}

Order with_part(const std::string& id, const Part& part) {
  Order order = order_numbered(id);
  order.lines[0].part = part;
  return order;
}

Order from_supplier(const std::string& id, const std::string& name) {
  Order order = order_numbered(id);
  order.supplier.name = name;
  return order;
}

Order with_fee(const std::string& id) {
  Order order = order_numbered(id);
  order.fees = {Fee()};
  return order;
}

} // namespace acceptance
