#include "seeds.hpp"
#include "seeds_asked.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace simulation;

namespace {

// Runs that ended wrong once: 1, 7, 8, 10 and 11 found an order and its receipt that waited for
// each other, and a cancelled order that stayed open.
std::vector<std::uint64_t> seeds() {
  if (const auto asked = seeds_asked_for()) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t i = 0; i < asked->count; ++i)
      all.push_back(asked->first + i);
    return all;
  }
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = 1; seed <= 40; ++seed)
    all.push_back(seed);
  return all;
}

} // namespace

TEST_CASE("whatever goes wrong, in the end QuickBooks holds what the host says, once") {
  for (const std::uint64_t seed : seeds())
    if (!run(seed).violation.empty()) FAIL_CHECK(shortened(seed));
}

TEST_CASE("a seed gives the same history each time") {
  const Result once = run(3), again = run(3);
  CHECK(once.history.size() > 100);
  CHECK(once.hash == again.hash);
  CHECK(run(4).hash != once.hash);
}
