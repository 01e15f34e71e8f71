#include "seeds.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace simulation;

namespace {

// QB_SIM_SEEDS=first..last chooses other ones. 1, 7, 8, 10 and 11 found an order and its receipt
// that waited for each other, and a cancelled order that stayed open.
std::vector<std::uint64_t> seeds() {
  const char* const chosen = std::getenv("QB_SIM_SEEDS");
  if (!chosen) return {1, 2, 3, 4, 5, 7, 8, 10, 11};
  const std::string text = chosen;
  const std::size_t dots = text.find("..");
  REQUIRE(dots != std::string::npos);
  std::vector<std::uint64_t> all;
  const std::uint64_t last = std::stoull(text.substr(dots + 2));
  for (std::uint64_t seed = std::stoull(text.substr(0, dots)); seed <= last; ++seed)
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
