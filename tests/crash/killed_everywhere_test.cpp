#include "crash/kill_at_step.hpp"
#include "crash/memory_disk.hpp"
#include "crash/runs.hpp"
#include "crash/stopping_everywhere.hpp"
#include "process/steps.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

namespace {

bool may_kill() {
  if (process::may_follow_programs()) return true;
  MESSAGE("skipped: this machine lets no program follow another");
  return false;
}

} // namespace

TEST_CASE("a host that is killed at a few of its calls loses and doubles nothing") {
  if (!may_kill()) return;
  const crash::MemoryDisk disk;
  crash::KillAtStep kill;
  crash::StoppingEverywhere killing(kill, printed_seed());
  killing.while_taking_in(3);
  killing.while_delivering(4);
}
