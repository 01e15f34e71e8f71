#include "commands/commands.hpp"

#include "commands/groups.hpp"

namespace qb::commands {
namespace {

struct Described {
  const char* name;
  const char* usage;
  const char* summary;
  const char* example; // and what it is good for
};

constexpr Described described[] = {
    {"status", "status [--json]", "connection, company, and what waits",
     "run quickbooks status    is it connected, and is anything held up?"},
    {"refresh", "refresh [--full] [--json]",
     "read what changed in QuickBooks; blocked documents whose cause is gone go out",
     "run quickbooks refresh    after an account was added in QuickBooks"},
    {"outbox",
     "outbox list [--open] [--state STATE] [--subject SUBJECT] [--limit N] [--json] | outbox show "
     "ID|SUBJECT [--json] | outbox discard ID|SUBJECT...|--all --reason TEXT | outbox again "
     "ID|SUBJECT...",
     "what is on its way, and the history of a document",
     "run quickbooks outbox show purchase_order/1042    how did order 1042 fare?\n"
     "  run quickbooks outbox list --state blocked    what is held up?\n"
     "  run quickbooks outbox again purchase_order/1042    look at its newest state once more"},
    {"inbox",
     "inbox list [--all] [--json] | inbox show ID [--json] | inbox retry ID...|--all "
     "[--next-open-day] | inbox skip ID... --reason TEXT | inbox fix ID [reactivate|create] "
     "[--use NAME] [--json]",
     "what a person must look at, and what to do about it",
     "run quickbooks inbox retry 3    the cause of issue 3 is mended\n"
     "  run quickbooks inbox fix 4 --use \"Hicks Hardware Ltd\"    that supplier is meant\n"
     "  run quickbooks inbox skip 3 --reason \"entered by hand\""},
    {"explain", "explain SUBJECT [--json]",
     "why a document is written as it is: for each line the account, class and item",
     "run quickbooks explain purchase_order/1042    why this account?"},
    {"prove", "prove [SUBJECT...] [--problems] [--json]",
     "read QuickBooks and tell of each document here that it stands there once, or why not",
     "run quickbooks prove    ends with 0 if nothing is lost, doubled or different, else with 1\n"
     "  run quickbooks prove --problems    only what is not as it should be\n"
     "  run quickbooks prove purchase_order/1042"},
    {"options", "options expense_attribute|class_attribute|tax_attribute [--json]",
     "the names in QuickBooks that an attribute of order lines may offer",
     "run quickbooks options class_attribute --json"},
    {"receipts", "receipts replay --since DATE [--dry-run] [--json]",
     "send receipts that came in while none were wanted; what is billed already is left alone",
     "run quickbooks receipts replay --since 2026-11-01 --dry-run    what would be sent?\n"
     "  run quickbooks receipts replay --since 2026-11-01    send them"},
    {"links", "links list [--json]", "which record here is which one in QuickBooks",
     "run quickbooks links list --json"},
};

std::string help() {
  std::vector<std::vector<std::string>> rows;
  for (const Described& command : described)
    rows.push_back({command.name, command.summary});
  std::string out = "Commands of the QuickBooks plugin:\n\n" + table(rows) + "\nUsage:\n";
  for (const Described& command : described)
    out += std::string("  ") + command.usage + "\n";
  return out + "\nCOMMAND --help has examples.\n";
}

std::string help_on(const Described& command) {
  return std::string("Usage: ") + command.usage + "\n" + command.summary + "\n\nExample:\n  " +
         command.example + "\n";
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Described& command : described)
    all.emplace_back(command.name);
  return all;
}

const Described* find(const std::string& name) {
  for (const Described& command : described)
    if (name == command.name) return &command;
  return nullptr;
}

} // namespace

const char* usage_of(const std::string& command) {
  return find(command)->usage;
}

Answer run(Workshop& workshop, const Call& call) {
  if (call.words.empty()) return {help()};
  const std::string& name = call.words.front();
  Words words({call.words.begin() + 1, call.words.end()});
  const bool help_wanted = words.flag("--help");
  if (name == "help" || name == "--help") {
    const Described* const topic = call.words.size() > 1 ? find(call.words[1]) : nullptr;
    return {topic ? help_on(*topic) : help()};
  }
  const Described* const command = find(name);
  if (!command) throw erp::Failure{ERP_E_INVALID, unknown("command", name, names())};
  if (help_wanted) return {help_on(*command)};
  if (name == "status") return {status(workshop, std::move(words))};
  if (name == "refresh") return {refresh(workshop, std::move(words), call.deadline)};
  if (name == "outbox") return {outbox(workshop, std::move(words), call)};
  if (name == "explain") return {explain(workshop, std::move(words))};
  if (name == "prove") return prove(workshop, std::move(words), call.deadline);
  if (name == "inbox") return {inbox(workshop, std::move(words), call)};
  if (name == "options") return {options(workshop, std::move(words))};
  if (name == "receipts") return {receipts(workshop, std::move(words))};
  return {links(workshop, std::move(words))};
}

std::string list_json() {
  qbo::Value out = qbo::Value::array();
  for (const Described& command : described) {
    qbo::Value row = qbo::Value::object();
    row.set("name", command.name).set("usage", command.usage).set("summary", command.summary);
    out.push(std::move(row));
  }
  return qbo::write(out);
}

} // namespace qb::commands
