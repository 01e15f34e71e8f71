#include "crash/kill_at_step.hpp"
#include "crash/memory_disk.hpp"
#include "crash/runs.hpp"
#include "crash/stopping_everywhere.hpp"
#include "may_kill.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

TEST_CASE("a host that is killed at a few of its calls loses and doubles nothing") {
  if (!may_kill_at_steps()) return;
  const crash::MemoryDisk disk;
  crash::KillAtStep kill;
  crash::StoppingEverywhere killing(kill, printed_seed());
  killing.while_taking_in(3);
  killing.while_delivering(4);
}
