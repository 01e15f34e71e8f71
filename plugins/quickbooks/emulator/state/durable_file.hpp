#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace emulator::state {

// The whole file, or nothing when there is none.
std::optional<std::string> file_text(const std::filesystem::path& file);

// Old or new content after a crash, never a mixture. Mode 0600. Throws std::system_error.
void replace_file(const std::filesystem::path& file, std::string_view content);

// Keeps a second emulator off the same folder while it lives. Throws std::runtime_error when taken.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_;
};

} // namespace emulator::state
