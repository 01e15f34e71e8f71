#pragma once

#include "home/folders.hpp"
#include "plugins/stage.hpp"

namespace host::plugins {

// Moves it to DIR/plugins/<id>/<version>/, in one step and durably; beside that folder while
// another one of the same version is there. Answers what is to be written down.
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
