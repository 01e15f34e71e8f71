#include "cli/session.hpp"
#include "erp/sdk/document.hpp"

#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

using nlohmann::json;

std::string dumped(const json& value, int indent = -1) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

} // namespace

int perform(const Session& session, const Notices& command) {
  const auto notices = session.host.notices.list();
  auto list = json::array();
  for (const auto& notice : notices) {
    if (command.json)
      list.push_back({{"plugin", notice.plugin},
                      {"key", notice.key},
                      {"severity", services::name_of_severity(notice.severity)},
                      {"title", notice.title},
                      {"text", notice.text},
                      {"raised_at", erp::to_rfc3339(notice.raised_at)}});
    else
      session.terminal.out("[" + std::string(services::name_of_severity(notice.severity)) + "] " +
                           notice.plugin + ": " + terminal::shown(notice.title) + "\n    " +
                           terminal::shown(notice.text) + "\n");
  }
  if (command.json)
    session.terminal.out(dumped(list, 2) + "\n");
  else if (notices.empty())
    session.terminal.out("Nobody needs to know anything.\n");
  return exit_ok;
}

// Collected first, written afterwards: a slow reader must not hold up the database.
int perform(const Session& session, const EventsList& command) {
  std::string text = command.json ? "[" : "";
  bool first = true;
  session.host.events.list(command.undelivered, [&](const eventlog::Listed& one) {
    if (command.json) {
      json item = {{"event_id", one.event_id},
                   {"kind", one.kind},
                   {"subject", one.subject},
                   {"recorded_at", erp::to_rfc3339(one.recorded_at)},
                   {"plugin", nullptr}};
      if (!one.plugin.empty()) {
        item["plugin"] = one.plugin;
        item["sequence"] = one.sequence;
        item["state"] = one.state;
        item["attempts"] = one.attempts;
        item["message"] = one.message;
      }
      text += (first ? "\n" : ",\n") + dumped(item);
      first = false;
    } else {
      text += one.event_id + "  " + one.kind + "  " + one.subject + "  " +
              (one.plugin.empty() ? "for no plugin" : one.plugin + ": " + one.state) +
              (one.message.empty() ? "" : "  " + terminal::shown(one.message)) + "\n";
    }
  });
  if (command.json) text += first ? "]\n" : "\n]\n";
  if (text.empty())
    text = command.undelivered ? "Every event was handed over.\n" : "No event is recorded.\n";
  session.terminal.out(text);
  return exit_ok;
}

int perform(const Session& session, const EventsRetry& command) {
  if (command.event_ids.empty() == !command.all)
    return session.fail({"events retry: name events, or say --all"});
  const std::int64_t count = session.host.events.retry(command.event_ids, command.also_not_offered);
  session.terminal.out(std::to_string(count) + " to be handed over again\n");
  if (count > 0 || command.all) return exit_ok;
  return session.fail({"none of them was refused; `events list` tells how each fared (for kinds of "
                       "events that a plugin did not take then, and may take now: --not-offered)"});
}

int perform(const Session& session, const AttributesList& command) {
  const auto all = session.host.attributes.all();
  if (!all) return session.fail(all.error());
  auto list = json::array();
  for (const auto& [key, attribute] : *all) {
    std::string options;
    for (const std::string& option : attribute.options)
      options += (options.empty() ? ": " : ", ") + option;
    if (command.json)
      list.push_back(json::parse(services::to_json(key, attribute)));
    else
      session.terminal.out(terminal::shown(key + "  " + attribute.kind + options) + "\n");
  }
  if (command.json)
    session.terminal.out(dumped(list, 2) + "\n");
  else if (all->empty())
    session.terminal.out("No attribute is defined.\n");
  return exit_ok;
}

int perform(const Session& session, const AttributesSet& command) {
  if (command.kind != "select" && !command.options.empty())
    return session.fail({"only an attribute of the kind select has --options"});
  const auto set = session.host.attributes.set(command.name, {command.kind, command.options});
  return set ? exit_ok : session.fail(set.error());
}

int perform(const Session& session, const AttributesRemove& command) {
  const auto removed = session.host.attributes.remove(command.name);
  return removed ? exit_ok : session.fail(removed.error());
}

} // namespace host::cli
