#pragma once

#include "home/folders.hpp"
#include "plugins/registry.hpp"

namespace host::plugins {

struct ToInstall {
  std::filesystem::path path;
  bool unsigned_allowed = false; // a bundle without a signature
};

// Copies a bundle (see bundle::open()), a bare library, or a folder with plugin.json to
// DIR/plugins/<id>/<version>/ and writes it down as installed and disabled. `plugin.json` names its
// "library" and may say "id" and "version", which must be what the library itself says. An enabled
// plugin is not replaced, and one that is there works until the new one is written down, whatever
// happens. Nothing of it runs in this process: see loader::inspect().
Outcome<Installed> install(const home::Folders& folders, Registry& registry, const ToInstall& what,
                           std::int64_t now);

// What an install that was killed has left behind. Only while nothing is being installed.
void sweep_staging(const home::Folders& folders);

} // namespace host::plugins
