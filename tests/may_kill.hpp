#pragma once

#include "process/steps.hpp"

#include <doctest/doctest.h>

// False where this machine lets no program follow another; says so in the test's output.
inline bool may_kill_at_steps() {
  if (process::may_follow_programs()) return true;
  MESSAGE("skipped: this machine lets no program follow another");
  return false;
}
