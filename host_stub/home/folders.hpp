#pragma once

#include "outcome/problem.hpp"

#include <filesystem>
#include <string>

namespace host::home {

// What lies where in the folder given by --home. Paths are absolute.
struct Folders {
  std::filesystem::path root;

  std::filesystem::path owner_lock() const { return root / "owner.lock"; }
  std::filesystem::path socket() const { return root / "host.sock"; }
  std::filesystem::path database() const { return root / "host.db"; }
  std::filesystem::path secret_key() const { return root / "secrets.key"; }
  std::filesystem::path secrets() const { return root / "secrets"; }   // <id>.sealed
  std::filesystem::path settings() const { return root / "settings"; } // <id>.json
  std::filesystem::path host_settings() const { return root / "host-settings.json"; }
  std::filesystem::path attributes() const { return root / "attributes.json"; }
  std::filesystem::path keys() const { return root / "keys"; } // of publishers, <name>.pub
  std::filesystem::path marketplace() const { return root / "marketplace"; } // root.pub, state.json
  std::filesystem::path logs() const { return root / "logs"; }
  std::filesystem::path plugins() const { return root / "plugins"; } // <id>/<version>/
  std::filesystem::path staging() const { return root / "plugins" / ".staging"; }
  // <id>/snapshot, <id>/rehearsal, <id>/fresh: while a plugin is upgraded, and until it was used.
  std::filesystem::path upgrades() const { return root / "upgrades"; }
  std::filesystem::path upgrade_of(const std::string& id) const { return upgrades() / id; }
  std::filesystem::path secrets_of(const std::string& id) const {
    return secrets() / (id + ".sealed");
  }
  std::filesystem::path settings_of(const std::string& id) const {
    return settings() / (id + ".json");
  }
  std::filesystem::path data_of(const std::string& id) const { return root / "data" / id; }
};

// Makes what is missing, everything 0700.
Outcome<Folders> open_home(const std::filesystem::path& root);

// Letters, digits, '.', '-', '_', not beginning with '.', at most 64: safe as a folder's name.
bool is_plain_name(const std::string& name);

} // namespace host::home
