#pragma once

#include "outcome/problem.hpp"

#include <filesystem>

// Whole folders. ERP_E_STORAGE: the disk refuses.
namespace host::home {

// Files, folders and symbolic links as they are, into `to`, which does not exist; other things are
// left out. On the disk when it returns.
Outcome<void> copy_tree(const std::filesystem::path& from, const std::filesystem::path& to);

// Everything in the folder, and the folder, is on the disk. Not the whole disk as with syncfs():
// that would wait for all others too.
Outcome<void> sync_tree(const std::filesystem::path& folder);

// In one step, and durably: `place` is what `fresh` was, and what was at `place` is at `fresh`.
Outcome<void> exchange(const std::filesystem::path& fresh, const std::filesystem::path& place);

} // namespace host::home
