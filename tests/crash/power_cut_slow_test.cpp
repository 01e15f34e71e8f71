#include "crash/memory_disk.hpp"
#include "crash/power_cut.hpp"
#include "crash/runs.hpp"
#include "crash/stopping_everywhere.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

TEST_CASE("a power cut at any change of the disk while events come in costs none of them") {
  const crash::MemoryDisk disk;
  const std::uint64_t seed = printed_seed();
  const int cuts = crash::power_cuts(300) / 2;
  crash::PowerCut cut(seed);
  crash::StoppingEverywhere(cut, seed).while_taking_in(cuts);
  MESSAGE(cuts, " power cuts with ", cut.endangered(), " changes in danger, 0 events lost");
  CHECK(cut.endangered() > 0);
}

TEST_CASE("a power cut at any change of the disk during delivery loses and doubles nothing") {
  const crash::MemoryDisk disk;
  const std::uint64_t seed = printed_seed();
  const int cuts = crash::power_cuts(300) - crash::power_cuts(300) / 2;
  crash::PowerCut cut(seed);
  crash::StoppingEverywhere(cut, seed).while_delivering(cuts);
  MESSAGE(cuts, " power cuts with ", cut.endangered(), " changes in danger, 0 events lost");
  CHECK(cut.endangered() > 0);
}
