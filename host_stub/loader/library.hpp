#pragma once

#include "erp/plugin.h"
#include "outcome/problem.hpp"

#include <filesystem>
#include <string>

namespace host::loader {

// A plugin's library in this process. It is never unloaded: pointers into it hold until the end.
struct Loaded {
  const erp_plugin* plugin = nullptr;
  std::string id, name, version;
};

// Loads the file (absolute path, everything resolved at once, its symbols kept apart) and asks its
// entry. The problem holds the dynamic linker's own words. Any thread.
Outcome<Loaded> load(const std::filesystem::path& library, const erp_host& host);

// SHA-256 of a file in hexadecimal digits.
Outcome<std::string> digest_of(const std::filesystem::path& file);

} // namespace host::loader
