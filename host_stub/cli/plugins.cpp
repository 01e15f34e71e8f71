#include "cli/plugin_settings.hpp"
#include "cli/session.hpp"
#include "erp/sdk/document.hpp"
#include "loader/library.hpp"
#include "plugins/install.hpp"
#include "plugins/trial.hpp"
#include "plugins/upgrade.hpp"
#include "services/clock.hpp"

#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

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

// "modified": no longer the file that was installed; it would not be loaded.
std::string signature_of(const Session& session, const plugins::Installed& plugin) {
  const auto digest = loader::digest_of(session.host.folders.plugins() / plugin.library);
  return digest && *digest == plugin.sha256 ? plugin.signature : "modified";
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

} // namespace

int perform(const Session& session, const PluginsList& command) {
  const auto installed = session.host.registry.list();
  if (command.json) {
    auto list = nlohmann::json::array();
    for (const auto& plugin : installed)
      list.push_back({{"id", plugin.id},
                      {"name", plugin.name},
                      {"version", plugin.version},
                      {"state", plugin.enabled ? "enabled" : "disabled"},
                      {"signature", signature_of(session, plugin)},
                      {"signed_by", plugin.signed_by},
                      {"sha256", plugin.sha256},
                      {"library", (session.host.folders.plugins() / plugin.library).string()},
                      {"installed_at", erp::to_rfc3339(plugin.installed_at)},
                      {"previous", json_of(session.host.trials.former(plugin.id))},
                      {"trial", json_of(session, session.host.trials.find(plugin.id))}});
    session.terminal.out(list.dump(2) + "\n");
    return exit_ok;
  }
  if (installed.empty())
    session.terminal.out("No plugin is installed. Install one: plugins install PATH\n");
  for (const auto& plugin : installed)
    session.terminal.out(plugin.id + "  " + plugin.version + "  " +
                         (plugin.enabled ? "enabled" : "disabled") + "  " +
                         signature_of(session, plugin) + "  " + terminal::shown(plugin.name) +
                         words_of(session, session.host.trials.find(plugin.id),
                                  session.host.trials.former(plugin.id)) +
                         "\n");
  return exit_ok;
}

int perform(const Session& session, const PluginsInstall& command) {
  const instances::Turn::Held turn(session.host.changing);
  const auto installed = plugins::install(
      session.host.folders, session.host.registry,
      {session.terminal.resolve(command.path), command.unsigned_allowed}, services::now_us());
  if (!installed) return session.fail(installed.error());
  // An instance made for the settings of the version before must not live on.
  if (auto dropped = session.host.instances.drop(installed->id, services::now_us() + stop_time_us);
      !dropped)
    return session.fail(dropped.error());
  session.host.log.write(services::Level::info, installed->id,
                         "installed " + installed->version + " sha256=" + installed->sha256);
  session.terminal.out("installed " + installed->id + " " + installed->version + " (" +
                       installed->signature + ", disabled)\n");
  return exit_ok;
}

int perform(const Session& session, const PluginsUpgrade& command) {
  const auto changed = plugins::upgrade(
      session.host, {session.terminal.resolve(command.path), command.unsigned_allowed},
      services::now_us());
  if (!changed) return session.fail(changed.error());
  session.terminal.out("upgraded " + changed->now.id + " from " + changed->before.version + " to " +
                       changed->now.version + " (" + changed->now.signature + "), on trial for " +
                       session.host.host_settings.value("trial_minutes") +
                       " minutes from its first use\n");
  return exit_ok;
}

int perform(const Session& session, const PluginsRollback& command) {
  const auto changed = plugins::rollback(session.host, command.id);
  if (!changed) return session.fail(changed.error());
  session.terminal.out("back from " + changed->before.version + " to " + changed->now.version +
                       (changed->snapshot_restored
                            ? ", with the data of before the upgrade: nothing was done since\n"
                            : ", with the present data\n"));
  return exit_ok;
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
