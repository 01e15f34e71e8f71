#include "cli/permissions.hpp"
#include "cli/placing.hpp"
#include "cli/plugin_settings.hpp"
#include "cli/plugin_state.hpp"
#include "cli/session.hpp"
#include "cli/withdrawals.hpp"
#include "erp/sdk/document.hpp"
#include "plugins/install.hpp"
#include "plugins/integrity.hpp"
#include "plugins/trial.hpp"
#include "plugins/upgrade.hpp"
#include "services/clock.hpp"

#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

using nlohmann::json;

constexpr std::int64_t stop_time_us = 10 * services::us_per_s;

// A line for each.
std::string meanings_of(const settings::Schema& schema, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    const auto about = schema.about(name);
    text += "\n  " + name + ": " + about.title + ". " + about.description;
  }
  return text;
}

// What it may ask the host for.
std::string services_of(const plugins::Installed& plugin) {
  if (!plugin.permissions) return "all services (it has no manifest)";
  const auto count = plugin.permissions->services.size();
  return std::to_string(count) + (count == 1 ? " service" : " services");
}

nlohmann::json json_of(const std::optional<plugins::Installed>& former) {
  if (!former) return nullptr;
  return {{"version", former->version},
          {"sha256", former->sha256},
          {"signature", former->signature},
          {"installed_at", erp::to_rfc3339(former->installed_at)}};
}

nlohmann::json json_of(const Session& session, const std::optional<plugins::Trial>& trial) {
  if (!trial) return nullptr;
  const auto end = plugins::ends_at(*trial, session.host);
  return {{"used", trial->used_at != 0},
          {"until", end ? nlohmann::json(erp::to_rfc3339(*end)) : nlohmann::json()},
          {"events", trial->events},
          {"failed_events", trial->failed_events}};
}

// What `plugins list` says behind the name.
std::string words_of(const Session& session, const std::optional<plugins::Trial>& trial,
                     const std::optional<plugins::Installed>& former) {
  std::string words;
  if (trial) {
    const auto end = plugins::ends_at(*trial, session.host);
    words = "  on trial" + (end ? " until " + erp::to_rfc3339(*end) : ", not used yet");
  }
  return words + (former ? "  (before: " + former->version + ")" : "");
}

// Whoever names a file has chosen it; what it gets is said.
std::function<Outcome<void>(const plugins::Asked&)> telling(const Session& session) {
  return [&session](const plugins::Asked& asked) -> Outcome<void> {
    session.terminal.out(asked.id + " " + asked.version + " is granted:\n" +
                         permission_lines(asked.permissions));
    return {};
  };
}

} // namespace

std::string state_of(const Session& session, const plugins::Installed& plugin) {
  if (session.host.registry.revoked_because(plugin.id, plugin.version)) return "revoked";
  return plugins::check_intact(session.host.folders, plugin) ? plugin.signature : "modified";
}

int perform(const Session& session, const PluginsList& command) {
  const auto installed = session.host.registry.list();
  if (command.json) {
    auto list = json::array();
    for (const auto& plugin : installed) {
      const auto revoked = session.host.registry.revoked_because(plugin.id, plugin.version);
      list.push_back(
          {{"id", plugin.id},
           {"name", plugin.name},
           {"version", plugin.version},
           {"state", plugin.enabled ? "enabled" : "disabled"},
           {"signature", state_of(session, plugin)},
           {"signed_by", plugin.signed_by},
           {"withdrawn", revoked ? json(*revoked) : json()},
           {"permissions",
            plugin.permissions ? json::parse(bundle::to_json(*plugin.permissions)) : json()},
           {"sha256", plugin.sha256},
           {"library", (session.host.folders.plugins() / plugin.library).string()},
           {"installed_at", erp::to_rfc3339(plugin.installed_at)},
           {"previous", json_of(session.host.trials.former(plugin.id))},
           {"trial", json_of(session, session.host.trials.find(plugin.id))}});
    }
    session.terminal.out(list.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
    return exit_ok;
  }
  if (installed.empty())
    session.terminal.out("No plugin is installed. Install one: plugins install PATH\n");
  for (const auto& plugin : installed) {
    const auto revoked = session.host.registry.revoked_because(plugin.id, plugin.version);
    session.terminal.out(plugin.id + "  " + plugin.version + "  " +
                         (plugin.enabled ? "enabled" : "disabled") + "  " +
                         state_of(session, plugin) + "  " + services_of(plugin) + "  " +
                         terminal::shown(plugin.name) +
                         words_of(session, session.host.trials.find(plugin.id),
                                  session.host.trials.former(plugin.id)) +
                         (revoked ? "\n    withdrawn: " + terminal::shown(*revoked) : "") + "\n");
  }
  return exit_ok;
}

int place(const Session& session, const plugins::ToInstall& what) {
  const instances::Turn::Held turn(session.host.changing);
  const auto installed =
      plugins::install(session.host.folders, session.host.registry, what, services::now_us());
  if (!installed) return session.fail(installed.error());
  clear_withdrawal(session, installed->id);
  // An instance made for the settings of the version before must not live on.
  if (auto dropped = session.host.instances.drop(installed->id, services::now_us() + stop_time_us);
      !dropped)
    return session.fail(dropped.error());
  session.host.log.write(services::Level::info, installed->id,
                         "installed " + installed->version + " sha256=" + installed->sha256);
  session.terminal.out("installed " + installed->id + " " + installed->version + " (" +
                       installed->signature + ", disabled)\n");
  if (installed->signature == "unsigned")
    session.terminal.err("erp-host: nobody signed it, so nobody can tell who made it\n");
  if (!installed->permissions)
    session.terminal.err("erp-host: it has no manifest, so it has every service of this host\n");
  return exit_ok;
}

int replace(const Session& session, const plugins::ToInstall& what) {
  const auto changed = plugins::upgrade(session.host, what, services::now_us());
  if (!changed) return session.fail(changed.error());
  clear_withdrawal(session, changed->now.id);
  session.terminal.out("upgraded " + changed->now.id + " from " + changed->before.version + " to " +
                       changed->now.version + " (" + changed->now.signature + "), on trial for " +
                       session.host.host_settings.value("trial_minutes") +
                       " minutes from its first use\n");
  return exit_ok;
}

int go_back(const Session& session, const std::string& id) {
  if (const auto former = session.host.trials.former(id))
    if (const auto why = session.host.registry.revoked_because(id, former->version))
      return session.fail({id + " " + former->version +
                           " was withdrawn by the marketplace, so there is no going back to it: " +
                           terminal::shown(*why)});
  const auto changed = plugins::rollback(session.host, id);
  if (!changed) return session.fail(changed.error());
  session.terminal.out("back from " + changed->before.version + " to " + changed->now.version +
                       (changed->snapshot_restored
                            ? ", with the data of before the upgrade: nothing was done since\n"
                            : ", with the present data\n"));
  return exit_ok;
}

int perform(const Session& session, const PluginsUpgrade& command) {
  plugins::ToInstall what{session.terminal.resolve(command.path), command.unsigned_allowed};
  what.other_key_allowed = command.other_key_allowed;
  what.consent = telling(session);
  return replace(session, what);
}

int perform(const Session& session, const PluginsRollback& command) {
  return go_back(session, command.id);
}

int perform(const Session& session, const PluginsInstall& command) {
  plugins::ToInstall what{session.terminal.resolve(command.path), command.unsigned_allowed};
  what.downgrade_allowed = command.downgrade_allowed;
  what.other_key_allowed = command.other_key_allowed;
  what.consent = telling(session);
  return place(session, what);
}

int perform(const Session& session, const PluginsEnable& command) {
  const auto instance = session.host.instances.created(command.id);
  if (!instance) return session.fail(instance.error());
  const auto schema = schema_of(**instance);
  if (!schema && schema.error().status != ERP_E_UNSUPPORTED) return session.fail(schema.error());
  if (schema) {
    const auto values = (*instance)->settings().values();
    if (const auto whole = check_whole(**instance, *schema, values); !whole)
      return session.fail_delivering({command.id + " cannot be enabled: " + whole.error().message +
                                          meanings_of(*schema, schema->missing_in(values)) +
                                          "\nSet them with: settings set " + command.id +
                                          " key=value",
                                      ERP_E_CONFIG});
  }
  const auto active = session.host.instances.activate(command.id);
  if (!active) return session.fail(active.error());
  session.host.registry.set_enabled(command.id, true);
  session.terminal.out("enabled " + command.id + "\n");
  return exit_ok;
}

int perform(const Session& session, const PluginsDisable& command) {
  const auto installed = session.host.registry.need(command.id);
  if (!installed) return session.fail(installed.error());
  session.host.registry.set_enabled(command.id, false);
  const auto dropped = session.host.instances.drop(command.id, services::now_us() + stop_time_us);
  session.terminal.out("disabled " + command.id + "\n");
  return dropped ? exit_ok : session.fail(dropped.error());
}

} // namespace host::cli
