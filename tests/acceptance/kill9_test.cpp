#include "acceptance/killing.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("a host that is killed 25 times brings every order to QuickBooks exactly once") {
  Killing killing(printed_seed());
  killing.run(25);
  MESSAGE(killing.killed_emitting(), " times while emitting, ", killing.killed_draining(),
          " times while delivering, ", killing.kills_after_work_began(),
          " of them after QuickBooks had been called");
  killing.check();
  CHECK(killing.kills_after_work_began() > 0);
}
