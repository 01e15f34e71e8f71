#include "playing.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

TEST_CASE("whichever call of the plugin fails, what it was asked for stands in the books once") {
  const std::uint64_t seed = printed_seed();
  const torture::Played played = torture::play(TORTURE_FAULTS, seed, TORTURE_NAME);
  for (const std::string& complaint : played.complaints)
    FAIL_CHECK(complaint);
  CHECK(torture::count(played) > 0);
  CHECK(played.met * 10 >= torture::count(played) * 9);
  MESSAGE(torture::told(played));
}
