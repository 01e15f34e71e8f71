#pragma once

#include "home/folders.hpp"
#include "plugins/registry.hpp"

#include <utility>

namespace host::plugins {

struct ToInstall {
  std::filesystem::path path;
  bool unsigned_allowed = false; // a bundle without a signature
};

// A folder of its own in the home; what is in it goes away with this.
class Staging {
 public:
  explicit Staging(const home::Folders& folders);
  Staging(Staging&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  Staging& operator=(Staging&&) = delete;
  ~Staging();
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

// A plugin that was copied into the home, verified and looked at, and is not in its place yet:
// `library` is relative to the staging folder.
struct Staged {
  Staging staging;
  Installed plugin;
};

// A bundle (see bundle::open()), a bare library, or a folder with plugin.json, which names its
// "library" and may say "id" and "version", which must be what the library itself says. Nothing of
// it runs in this process: see loader::inspect().
Outcome<Staged> stage(const home::Folders& folders, const ToInstall& what);

// Moves it to DIR/plugins/<id>/<version>/, in one step and durably; beside that folder while
// another library of the same version is there. Answers what is to be written down.
Outcome<Installed> put_in_place(const home::Folders& folders, const Staged& staged,
                                std::int64_t now);

// Stages it, puts it in place and writes it down as installed and disabled. An enabled plugin is
// not replaced (see upgrade()), and one that is there works until the new one is written down,
// whatever happens.
Outcome<Installed> install(const home::Folders& folders, Registry& registry, const ToInstall& what,
                           std::int64_t now);

// What an install that was killed has left behind. Only while nothing is being installed.
void sweep_staging(const home::Folders& folders);
// Every version on the disk that is none of `kept`. Likewise.
void sweep_versions(const home::Folders& folders, const std::vector<Installed>& kept);

} // namespace host::plugins
