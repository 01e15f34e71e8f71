#pragma once

#include "dice.hpp"
#include "history.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace simulation {

// A disk in memory under SQLite. While it lives it is SQLite's default VFS; the folder holds only
// the names of its files, empty, because the store looks at them beside SQLite. One thread.
class Disk {
 public:
  Disk(std::filesystem::path folder, const Clock& clock);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // The process dies right before the n-th write or fsync from now: that and all that follow fail.
  // 0: it does not.
  void die_in(int writes) { dies_in_ = writes; }
  void die() { dead_ = true; }
  bool is_dead() const { return dead_; }
  // So much was written in one instant that it would never have ended; the process was killed.
  bool was_spun() const { return spun_; }
  // A new process: what the former wrote is there.
  void start_again();
  // As start_again(), but the power was gone: of what was not synced, a drawn part of the 512-byte
  // sectors is there.
  void start_again_after_power_cut(Dice& dice);
  // Every write that would take more room fails from now on.
  void fill(bool full) { full_ = full; }
  void drop_all(); // no file at all

  struct File {
    std::string bytes, synced;
    std::vector<bool> is_dirty;     // by sector
    std::vector<std::size_t> dirty; // the sectors that are
    void touch(std::size_t from, std::size_t to);
  };
  // For the VFS.
  File& open(const std::string& path);
  bool exists(const std::string& path) const { return files_.contains(path); }
  void remove(const std::string& path);
  bool refuses(); // a write or an fsync comes
  bool is_full() const { return full_; }

 private:
  std::filesystem::path folder_;
  const Clock& clock_;
  std::map<std::string, std::unique_ptr<File>> files_;
  int dies_in_ = 0;
  bool dead_ = false, full_ = false, spun_ = false;
  erp::Instant instant_ = 0;
  int writes_in_instant_ = 0;
};

} // namespace simulation
