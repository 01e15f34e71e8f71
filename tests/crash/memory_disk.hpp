#pragma once

#include <cstdlib>
#include <string>
#include <unistd.h>

namespace crash {

// While it lives, temporary folders lie in memory where this machine has such a file system. What
// a killed process has written is there all the same, and nobody waits for a disk.
class MemoryDisk {
 public:
  MemoryDisk() {
    if (const char* const before = std::getenv("TMPDIR")) before_ = before;
    if (::access(in_memory, W_OK) == 0) ::setenv("TMPDIR", in_memory, 1);
  }
  ~MemoryDisk() {
    if (before_.empty())
      ::unsetenv("TMPDIR");
    else
      ::setenv("TMPDIR", before_.c_str(), 1);
  }
  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;

 private:
  static constexpr const char* in_memory = "/dev/shm";
  std::string before_;
};

} // namespace crash
