#include "crash/kill_at_step.hpp"
#include "crash/memory_disk.hpp"
#include "crash/runs.hpp"
#include "crash/stopping_everywhere.hpp"
#include "may_kill.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

TEST_CASE("a host that is killed at any call while it takes events in loses and doubles nothing") {
  if (!may_kill_at_steps()) return;
  const crash::MemoryDisk disk;
  const int kills = crash::kills(500) * 2 / 5;
  crash::KillAtStep kill;
  crash::StoppingEverywhere(kill, printed_seed()).while_taking_in(kills);
  MESSAGE(kills, " kills, 0 acknowledged events lost");
}

TEST_CASE("a host that is killed at any call while it delivers loses and doubles nothing") {
  if (!may_kill_at_steps()) return;
  const crash::MemoryDisk disk;
  const int kills = crash::kills(500) - crash::kills(500) * 2 / 5;
  crash::KillAtStep kill;
  crash::StoppingEverywhere(kill, printed_seed()).while_delivering(kills);
  MESSAGE(kills, " kills, 0 acknowledged events lost");
}
