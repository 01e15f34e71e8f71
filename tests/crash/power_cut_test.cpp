#include "crash/power_cut.hpp"

#include "crash/memory_disk.hpp"
#include "crash/stopping_everywhere.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

TEST_CASE("what the host acknowledged survives a power cut right afterwards") {
  const crash::MemoryDisk disk;
  const std::uint64_t seed = printed_seed();
  crash::PowerCut cut(seed, crash::PowerCut::Steps::after_each_fsync);
  crash::StoppingEverywhere(cut, seed).at_each_step_of_taking_in();
  CHECK(cut.endangered() > 0);
}
