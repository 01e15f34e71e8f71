#pragma once

#include "process/process.hpp"

namespace process {

struct Stepped {
  Result result;
  long steps = 0; // how many it came to, the one it was killed before included
  bool was_killed() const { return result.signal == 9; }
};

// Some machines let no program follow another (ptrace): then nothing can be killed at a step.
bool may_follow_programs();

enum class Steps { on_disk, on_disk_or_network };

// As run(), and killed right before its step number `step` of those that change what is found on
// the disk (see killed_at_step.c), or what others receive; 0: not killed.
Stepped run_until_step(long step, const std::filesystem::path& program,
                       const std::vector<std::string>& arguments, const Options& options = {},
                       Steps which = Steps::on_disk);

} // namespace process
