#include "cli/assignments.hpp"
#include "cli/plugin_settings.hpp"
#include "cli/session.hpp"

#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <nlohmann/json.hpp>
#include <set>

namespace host::cli {
namespace {

using nlohmann::json;
using settings::Values;

Outcome<void> apply(instances::Instance& instance) {
  const auto entry = instance.enter();
  if (!entry) return {}; // not running here: it reads them when it is activated
  const auto* const table = instance.table<erp_settings_v1>(ERP_INTERFACE_SETTINGS);
  erp_error error{};
  const std::string text = settings::to_json(instance.settings().values());
  const erp_status status = table->apply(instance.c(), erp::borrow(text), &error);
  if (status >= ERP_OK) return {};
  return tl::make_unexpected(
      problem_of(status, error, "the settings are stored, but the plugin did not take them"));
}

// The settings as they would be, and what of it is secret.
struct Change {
  Values plain, secret, given, seen_by_plugin;
};

Change change_of(instances::Instance& instance, const settings::Schema& schema,
                 const std::vector<Assignment>& assignments) {
  Change change{instance.settings().plain(), {}, {}, {}};
  change.seen_by_plugin = instance.settings().values();
  for (const auto& [name, value, in_the_open] : assignments) {
    const bool secret = schema.is_secret(name);
    if (secret)
      change.secret[name] = value;
    else if (value.empty())
      change.plain.erase(name);
    else
      change.plain[name] = value;
    if (value.empty()) {
      change.seen_by_plugin.erase(name);
    } else {
      change.given[name] = value;
      change.seen_by_plugin[name] = secret ? settings::secret_stands_as : value;
    }
  }
  return change;
}

json json_of(const settings::Schema& schema, const std::string& name, const std::string* value) {
  const auto about = schema.about(name);
  const auto or_null = [](bool there, const json& it) { return there ? it : json(); };
  return {{"name", name},
          {"title", about.title},
          {"description", about.description},
          {"choices", or_null(!about.choices.empty(), about.choices)},
          {"default", or_null(about.fallback.has_value(), about.fallback.value_or(""))},
          {"required", about.required},
          {"secret", schema.is_secret(name)},
          {"set", value != nullptr},
          {"value", value ? json(*value) : json()}};
}

std::string text_of(const settings::Schema& schema, const std::string& id, const std::string& name,
                    const std::string* value) {
  if (!schema.is_known(name))
    return name + "=" + terminal::shown(value ? *value : "") +
           "\n    The plugin has no such setting (any more); remove it: settings set " + id + " " +
           name + "=\n";
  const auto about = schema.about(name);
  std::string text = value ? name + "=" + terminal::shown(*value)
                           : "# " + name + " is not set" +
                                 (about.fallback ? ": " + *about.fallback + " holds" : "");
  text += "\n    " + about.title + (about.required ? " (required)" : "") + ". " +
          about.description + "\n";
  if (about.choices.empty()) return text;
  std::string choices;
  for (const std::string& choice : about.choices)
    choices += (choices.empty() ? "" : ", ") + choice;
  return text + "    One of: " + choices + ".\n";
}

} // namespace

int perform(const Session& session, const SettingsShow& command) {
  const auto instance = session.host.instances.created(command.id);
  if (!instance) return session.fail(instance.error());
  const auto schema = schema_of(**instance);
  if (!schema) return session.fail(schema.error());
  const Values values = (*instance)->settings().values();
  std::set<std::string> names;
  for (const std::string& name : schema->names())
    names.insert(name);
  for (const auto& [name, value] : values)
    names.insert(name);
  auto list = json::array();
  std::string text;
  for (const std::string& name : names) {
    const auto found = values.find(name);
    const std::string* const value = found == values.end() ? nullptr : &found->second;
    if (command.json)
      list.push_back(json_of(*schema, name, value));
    else
      text += text_of(*schema, command.id, name, value);
  }
  session.terminal.out(command.json ? list.dump(2) + "\n" : text);
  return exit_ok;
}

int perform(const Session& session, const SettingsSet& command) {
  const auto installed = session.host.registry.need(command.id);
  if (!installed) return session.fail(installed.error());
  const auto instance = session.host.instances.created(command.id);
  if (!instance) return session.fail(instance.error());
  const auto schema = schema_of(**instance);
  if (!schema) return session.fail(schema.error());
  const Values before = (*instance)->settings().plain();
  const auto assignments =
      read_assignments(command.assignments, session.terminal,
                       [&](const std::string& name, const std::string& value) -> Outcome<void> {
                         const bool forgotten = value.empty() && before.count(name);
                         return forgotten ? Outcome<void>() : schema->check_name(name);
                       });
  if (!assignments) return session.fail(assignments.error());
  for (const Assignment& one : *assignments)
    if (one.in_the_open && !one.value.empty() && schema->is_secret(one.name))
      session.complain(one.name +
                       " is secret, and on the command line other programs can see it; "
                       "next time use " +
                       one.name + "=@FILE or " + one.name + "=-");
  const instances::Turn::Held turn((*instance)->serial()); // nobody else changes them meanwhile
  if (!session.host.instances.is_current(*instance))
    return session.fail({command.id + " is being upgraded or rolled back; nothing was changed, run "
                                      "the command again",
                         ERP_E_RETRY_LATER});
  const Change change = change_of(**instance, *schema, *assignments);
  if (auto checked = schema->check_each(change.given); !checked)
    return session.fail(checked.error());
  const auto whole = check_whole(**instance, *schema, change.seen_by_plugin);
  if (!whole && installed->enabled) return session.fail(whole.error());
  if (auto stored = (*instance)->change_settings(change.plain, change.secret); !stored)
    return session.fail(stored.error());
  if (!whole) session.complain("stored; not complete yet: " + whole.error().message);
  if (auto applied = apply(**instance); !applied) return session.fail(applied.error());
  return exit_ok;
}

int perform(const Session& session, const HostSettingsShow& command) {
  const Values values = session.host.host_settings.values();
  if (command.json) {
    session.terminal.out(json(values).dump(2) + "\n");
    return exit_ok;
  }
  for (const auto& setting : settings::host_setting_list())
    session.terminal.out(std::string(setting.name) + "=" +
                         terminal::shown(values.at(setting.name)) + "\n    " + setting.meaning +
                         "\n");
  return exit_ok;
}

int perform(const Session& session, const HostSettingsSet& command) {
  const auto assignments =
      read_assignments(command.assignments, session.terminal,
                       [](const auto&, const auto&) { return Outcome<void>(); });
  if (!assignments) return session.fail(assignments.error());
  Values changes;
  for (const Assignment& one : *assignments)
    changes[one.name] = one.value;
  const auto set = session.host.host_settings.set(changes);
  return set ? exit_ok : session.fail(set.error());
}

} // namespace host::cli
