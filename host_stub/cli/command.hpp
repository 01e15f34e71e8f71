#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What a person can ask for, as the command line says it. No CLI library here: only arguments.cpp
// pays for that.
namespace host::cli {

struct PluginsList {
  bool json = false;
};
struct PluginsInstall {
  std::string path;
  bool unsigned_allowed = false;
  bool downgrade_allowed = false, other_key_allowed = false;
};
struct MarketplaceAdd {
  std::string location, root_key, ca_file;
};
struct MarketplaceRemove {};
struct MarketplaceRefresh {};
struct MarketplaceList {
  bool json = false;
};
struct MarketplaceShow {
  std::string id;
  bool json = false;
};
struct MarketplaceInstall {
  std::string id, version, channel = "stable";
  bool permissions_accepted = false;
  bool downgrade_allowed = false, other_key_allowed = false;
};
struct MarketplaceUpgrade {
  std::string id, version, channel = "stable";
  bool permissions_accepted = false;
  bool other_key_allowed = false;
};
struct MarketplaceRollback {
  std::string id;
};
struct PluginsUpgrade {
  std::string path;
  bool unsigned_allowed = false;
  bool other_key_allowed = false;
};
struct PluginsRollback {
  std::string id;
};
struct KeysList {
  bool json = false;
};
struct KeysAdd {
  std::string file;
};
struct KeysRemove {
  std::string name;
};
struct PluginsEnable {
  std::string id;
};
struct PluginsDisable {
  std::string id;
};
struct SettingsShow {
  std::string id;
  bool json = false;
};
struct SettingsSet {
  std::string id;
  std::vector<std::string> assignments;
};
struct HostSettingsShow {
  bool json = false;
};
struct HostSettingsSet {
  std::vector<std::string> assignments;
};
struct Connect {
  std::string id;
  std::optional<std::string> company;
  bool switch_company = false;
  bool paste = false;
  double timeout_s = 600;
};
struct Disconnect {
  std::string id;
};
struct Emit {
  std::string file;
  bool json = false;
};
struct EventsList {
  bool json = false;
  bool undelivered = false;
};
struct EventsRetry {
  std::vector<std::string> event_ids;
  bool all = false;
  bool also_not_offered = false;
};
struct Drain {
  std::string id;
  double timeout_s = 60;
  bool json = false;
};
struct Run {
  std::string id;
  std::vector<std::string> words;
  double timeout_s = 900;
};
struct Notices {
  bool json = false;
};
struct AttributesList {
  bool json = false;
};
struct AttributesSet {
  std::string name, kind = "select";
  std::vector<std::string> options;
};
struct AttributesRemove {
  std::string name;
};

using Command =
    std::variant<PluginsList, PluginsInstall, PluginsUpgrade, PluginsRollback, MarketplaceAdd,
                 MarketplaceRemove, MarketplaceRefresh, MarketplaceList, MarketplaceShow,
                 MarketplaceInstall, MarketplaceUpgrade, MarketplaceRollback, KeysList, KeysAdd,
                 KeysRemove, PluginsEnable, PluginsDisable, SettingsShow, SettingsSet,
                 HostSettingsShow, HostSettingsSet, Connect, Disconnect, Emit, EventsList,
                 EventsRetry, Drain, Run, Notices, AttributesList, AttributesSet, AttributesRemove>;

struct Arguments {
  std::filesystem::path home;
  double timeout_s = 10; // for the home's owner lock; for emit, for what hooks refuse for now
  Command command;
  std::string name; // "plugins list"
};

// What to print, and how to exit, when there is no command to run: help, or a mistake.
struct NoCommand {
  std::string out, err;
  int exit_code = 0;
};

} // namespace host::cli
