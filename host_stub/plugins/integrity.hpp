#pragma once

#include "home/folders.hpp"
#include "plugins/registry.hpp"

#include <filesystem>
#include <string>

namespace host::plugins {

// Where an installed plugin lies: DIR/plugins/<id>/<version>/.
std::filesystem::path folder_of(const home::Folders& folders, const Installed& plugin);

// SHA-256 over the names and hashes of all files below a folder: a changed, an added and a missing
// one all show. A problem: it holds something that is no plain file.
Outcome<std::string> content_digest(const std::filesystem::path& folder);

// ERP_E_DENIED: not the files that were installed, and which of them, where that can be told.
Outcome<void> check_intact(const home::Folders& folders, const Installed& plugin);

} // namespace host::plugins
