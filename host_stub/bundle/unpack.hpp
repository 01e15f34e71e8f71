#pragma once

#include "bundle/limits.hpp"
#include "outcome/problem.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace host::bundle {

struct Unpacked {
  std::string top;                // the one folder at the top of the archive
  std::vector<std::string> files; // relative to it, in the order of the archive
};

// Unpacks a .tar.gz (its bytes) into `folder`, which exists and is empty, without the top folder.
// Plain files only, with names that cannot leave the folder, twice the same or differ by capitals
// alone; everything 0600. After a problem the folder holds what came before it.
Outcome<Unpacked> unpack(std::string_view archive, const std::filesystem::path& folder,
                         const Limits& limits);

} // namespace host::bundle
