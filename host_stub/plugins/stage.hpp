#pragma once

#include "bundle/open.hpp"
#include "home/folders.hpp"
#include "plugins/registry.hpp"

#include <functional>

namespace host::plugins {

// What a plugin asks for that it was not granted before.
struct Asked {
  std::string id, version;
  bool is_installed = false; // an earlier version of it is
  bundle::Permissions permissions;
};

// What a marketplace vouches for.
struct Voucher {
  bundle::Promised promised;
  std::vector<bundle::PublicKey> keys; // that may sign a plugin of this id
};

struct ToInstall {
  std::filesystem::path path;
  bool unsigned_allowed = false; // a bundle without a signature
  bool downgrade_allowed = false;
  bool other_key_allowed = false; // signed by somebody else than the version that is installed
  bool enabled_allowed = false;   // a plugin of this id may be running
  std::optional<Voucher> voucher = {};
  // Asked before anything of it runs, if it wants more than was granted before; a problem ends the
  // installation. Empty: everything is granted.
  std::function<Outcome<void>(const Asked&)> consent = {};
};

// A folder below DIR/plugins/.staging, gone with this unless it was renamed away.
class StagingFolder {
 public:
  static Outcome<StagingFolder> make(const home::Folders& folders);
  StagingFolder(StagingFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  StagingFolder& operator=(StagingFolder&&) = delete;
  ~StagingFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit StagingFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// A plugin that was found good and lies beside the installed ones: `plugin.library` is relative to
// the folder. Its hashes are those from before anything of it ran.
struct Staged {
  StagingFolder folder;
  Installed plugin;
};

// Copies a bundle (see bundle::open()), a bare library, or a folder with plugin.json, whose
// "library" is named there and whose "id" and "version", if it says them, must be what the library
// itself says. Checks it against what is installed, asks for consent, looks at it in a process of
// its own. Nothing of it runs in this process.
Outcome<Staged> stage(const home::Folders& folders, Registry& registry, const ToInstall& what);

} // namespace host::plugins
