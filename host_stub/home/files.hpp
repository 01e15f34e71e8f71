#pragma once

#include "outcome/problem.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

// Files that only this user may read, and that are either the old or the new one after a crash.
namespace host::home {

constexpr std::size_t small_file_length_max_bytes = 16 * 1024 * 1024;

// Makes the folder with mode 0700, parents too; a folder that is there keeps its content and loses
// the rights of others.
Outcome<void> make_private_folder(const std::filesystem::path& folder);

// nullopt: there is none. Does not follow a symbolic link. A problem: it cannot be read, is no
// plain file, or is longer than small_file_length_max_bytes.
Outcome<std::optional<std::string>> read_private_file(const std::filesystem::path& file);

// Mode 0600; durable, and whole or not at all, when it returns.
Outcome<void> replace_file(const std::filesystem::path& file, std::string_view content);

// As replace_file, but ERP_E_CONFLICT if there is one already.
Outcome<void> create_file(const std::filesystem::path& file, std::string_view content);

// Removes what a replace_file() or create_file() that was killed has left in this folder (it may
// hold secrets). Only while nobody writes there.
void remove_unfinished(const std::filesystem::path& folder);

// The name itself survives a power cut.
Outcome<void> sync_folder(const std::filesystem::path& folder);

} // namespace host::home
