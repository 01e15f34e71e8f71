#include "cli/plugin_settings.hpp"
#include "cli/session.hpp"
#include "erp/sdk/document.hpp"
#include "loader/library.hpp"
#include "plugins/install.hpp"
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
                      {"installed_at", erp::to_rfc3339(plugin.installed_at)}});
    session.terminal.out(list.dump(2) + "\n");
    return exit_ok;
  }
  if (installed.empty())
    session.terminal.out("No plugin is installed. Install one: plugins install PATH\n");
  for (const auto& plugin : installed)
    session.terminal.out(
        plugin.id + "  " + plugin.version + "  " + (plugin.enabled ? "enabled" : "disabled") +
        "  " + signature_of(session, plugin) + "  " + terminal::shown(plugin.name) + "\n");
  return exit_ok;
}

int perform(const Session& session, const PluginsInstall& command) {
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
