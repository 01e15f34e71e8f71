#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <spawn.h>
#include <string>
#include <sys/types.h>
#include <vector>

namespace host::loader {

// This program once more, where a library that nobody trusts yet may crash or hang. When this is
// gone, so is every process that it started: see warden.hpp.
class Child {
 public:
  using Clock = std::chrono::steady_clock;

  // The first word is the program's name; `files` says what the child has open. Null: no process
  // could be started.
  static std::unique_ptr<Child> start(std::vector<std::string> words,
                                      const posix_spawn_file_actions_t& files);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  // The status of waitpid(); nullopt: it still ran at the deadline.
  std::optional<int> wait_until(Clock::time_point deadline);

 private:
  explicit Child(pid_t pid) : pid_(pid) {}
  void reap();

  pid_t pid_;
  std::optional<int> status_; // once it has ended
};

} // namespace host::loader
