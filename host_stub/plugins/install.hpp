#pragma once

#include "home/folders.hpp"
#include "plugins/registry.hpp"

namespace host::plugins {

// Copies a bare library, or a folder with plugin.json, to DIR/plugins/<id>/<version>/ and writes it
// down as installed and disabled. `plugin.json` names its "library" and may say "id" and "version",
// which must be what the library itself says. An enabled plugin is not replaced. Nothing of it runs
// in this process: see loader::inspect().
Outcome<Installed> install(const home::Folders& folders, Registry& registry,
                           const std::filesystem::path& path, std::int64_t now);

} // namespace host::plugins
