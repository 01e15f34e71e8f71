#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace lossy {

// What was written since the last fsync of a file, and may or may not survive a power cut.
struct Pending {
  std::size_t at = 0;
  std::string bytes;
  bool truncates = false; // to the length `at`
};

struct File {
  std::string durable; // what an fsync has brought to the platter
  std::vector<Pending> pending;
};

using Image = std::map<std::string, File>; // by path

// A disk under SQLite that forgets what was not synced. While it lives, it is SQLite's default
// VFS: everything goes to the real files, and is written down here as well. One thread at a time.
class Disk {
 public:
  Disk();
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // The n-th fsync from now fails, as on Linux: what it should have written counts as written to
  // the operating system, and never reaches the platter unless it is written again. 0: none does.
  void fail_sync(int n) { fail_sync_in_ = n; }
  // From now on every write fails as on a full disk.
  void fill(bool full) { full_ = full; }
  // Called before every write, truncation and fsync.
  void before_each(std::function<void()> observer) { observer_ = std::move(observer); }

  const Image& image() const { return files_; }
  int syncs() const { return syncs_; }

  // For the VFS.
  void observe();
  void wrote(const std::string& path, std::size_t at, std::string bytes);
  void truncated(const std::string& path, std::size_t length);
  bool synced(const std::string& path); // false: it fails
  void removed(const std::string& path) { files_.erase(path); }
  bool is_full() const { return full_; }

 private:
  Image files_;
  std::function<void()> observer_;
  int fail_sync_in_ = 0;
  int syncs_ = 0;
  bool full_ = false;
};

// Writes into `folder` what a power cut would leave: all that was synced, and of the rest a random
// choice of sectors.
void power_cut(const Image& image, const std::filesystem::path& folder, std::mt19937& random);

} // namespace lossy
