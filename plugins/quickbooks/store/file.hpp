#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

namespace qb::store {

// Which file a path means just now.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  friend bool operator==(const FileId&, const FileId&) = default;
};

// nullopt: there is none.
std::optional<FileId> identify(const std::string& path);

// The path with its folder resolved, so that only the file itself can still be a symbolic link.
// Throws Trouble if there is no such folder.
std::string in_real_folder(const std::string& path);

// Makes the file if there is none, and sees to it that it is a regular file of its own (no symbolic
// link), only its owner's (0600), on a disk of this machine. Never opens an existing file for
// reading: closing it would drop the locks that SQLite holds on it in this process. Throws Trouble.
void make_private_file(const std::string& path);

} // namespace qb::store
