#include "acceptance/people.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdexcept>

namespace acceptance {
namespace {

std::string path_of(const std::string& entity) {
  std::string path = entity;
  std::transform(path.begin(), path.end(), path.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return path;
}

Json active() {
  return Json::parse("true");
}

} // namespace

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

// --- in QuickBooks

Json in_books(const World& world, const std::string& entity, const std::string& name) {
  std::vector<Json> found;
  for (const Json& object : world.objects(entity))
    for (const char* member : {"FullyQualifiedName", "DisplayName", "DocNumber", "Name"})
      if (object[member].text() == name) {
        found.push_back(object);
        break;
      }
  if (found.size() != 1)
    throw std::runtime_error(std::to_string(found.size()) + " of " + entity + " are called " +
                             name);
  return found.front();
}

Json reference_to(const Json& object) {
  Json reference = Json::object();
  return reference.set("value", object["Id"]);
}

namespace {

Json add(const World& world, const std::string& entity, const Json& body) {
  return world.admin_write(path_of(entity), body)[entity];
}

} // namespace

Json add_account(const World& world, const std::string& name, const Json& parent) {
  Json body = Json::object().set("Name", name);
  body.set("AccountType", parent.has("Id") ? parent["AccountType"].text() : "Expense");
  body.set("AccountSubType",
           parent.has("Id") ? parent["AccountSubType"].text() : "SuppliesMaterials");
  if (parent.has("Id")) body.set("ParentRef", reference_to(parent)).set("SubAccount", active());
  return add(world, "Account", body);
}

Json add_class(const World& world, const std::string& name, const Json& parent) {
  Json body = Json::object().set("Name", name);
  if (parent.has("Id")) body.set("ParentRef", reference_to(parent)).set("SubClass", active());
  return add(world, "Class", body);
}

Json add_vendor(const World& world, const std::string& name, const std::string& currency) {
  Json body = Json::object().set("DisplayName", name);
  if (!currency.empty()) body.set("CurrencyRef", Json::object().set("value", currency));
  return add(world, "Vendor", body);
}

Json add_item(const World& world, const std::string& name) {
  Json body = Json::object().set("Name", name).set("Type", "NonInventory");
  body.set("IncomeAccountRef", reference_to(in_books(world, "Account", "Sales of Product Income")));
  body.set("ExpenseAccountRef", reference_to(in_books(world, "Account", "Supplies")));
  return add(world, "Item", body);
}

Json add_order(const World& world, const std::string& number, const std::string& vendor) {
  Json detail =
      Json::object().set("AccountRef", reference_to(in_books(world, "Account", "Tooling")));
  Json line = Json::object().set("Amount", Json::number("77.7"));
  line.set("DetailType", "AccountBasedExpenseLineDetail")
      .set("AccountBasedExpenseLineDetail", detail);
  Json lines = Json::array();
  lines.push(line);
  Json body = Json::object().set("DocNumber", number);
  body.set("VendorRef", reference_to(in_books(world, "Vendor", vendor)));
  body.set("APAccountRef", reference_to(in_books(world, "Account", "Accounts Payable (A/P)")));
  body.set("Line", lines);
  return add(world, "PurchaseOrder", body);
}

void change(const World& world, const std::string& entity, const Json& object,
            const std::string& member, Json value) {
  const std::string id = object["Id"].text();
  Json now;
  for (const Json& one : world.objects(entity))
    if (one["Id"].text() == id) now = one;
  Json body = Json::object().set("Id", id).set("SyncToken", now["SyncToken"]);
  body.set("sparse", active());
  body.set(member, std::move(value));
  world.admin_write(path_of(entity), body);
}

} // namespace acceptance
