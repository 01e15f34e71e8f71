#include "commands/commands.hpp"

#include "commands/groups.hpp"

namespace qb::commands {
namespace {

struct Described {
  const char* name;
  const char* usage;
  const char* summary;
};

constexpr Described described[] = {
    {"status", "status [--json]", "connection, company, and what waits"},
    {"refresh", "refresh [--full] [--json]",
     "read what changed in QuickBooks; blocked documents whose cause is gone go out"},
    {"outbox",
     "outbox list [--open] [--json] | outbox show ID|SUBJECT [--json] | outbox discard "
     "ID...|--all --reason TEXT",
     "what is on its way, and the history of a document"},
    {"inbox",
     "inbox list [--all] [--json] | inbox show ID [--json] | inbox retry ID...|--all | "
     "inbox skip ID... --reason TEXT",
     "what a person must look at, and what to do about it"},
    {"links", "links list [--json]", "which record here is which one in QuickBooks"},
};

std::string help() {
  std::vector<std::vector<std::string>> rows;
  for (const Described& command : described)
    rows.push_back({command.name, command.summary});
  std::string out = "Commands of the QuickBooks plugin:\n\n" + table(rows) + "\nUsage:\n";
  for (const Described& command : described)
    out += std::string("  ") + command.usage + "\n";
  return out;
}

} // namespace

std::string run(Workshop& workshop, const Call& call) {
  if (call.words.empty())
    throw erp::Failure{ERP_E_INVALID,
                       "Which command? One of: status, refresh, outbox, inbox, links."};
  const std::string& name = call.words.front();
  if (name == "help" || name == "--help") return help();
  Words words({call.words.begin() + 1, call.words.end()});
  if (words.flag("--help"))
    for (const Described& command : described)
      if (name == command.name)
        return std::string("Usage: ") + command.usage + "\n" + command.summary + "\n";
  if (name == "status") return status(workshop, std::move(words));
  if (name == "refresh") return refresh(workshop, std::move(words), call.deadline);
  if (name == "outbox") return outbox(workshop, std::move(words), call);
  if (name == "inbox") return inbox(workshop, std::move(words), call);
  if (name == "links") return links(workshop, std::move(words));
  throw erp::Failure{ERP_E_INVALID, "There is no command \"" + name +
                                        "\". One of: status, refresh, outbox, inbox, links."};
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
