#include "seeds.hpp"
#include "seeds_asked.hpp"

#include <ctime>
#include <doctest/doctest.h>
#include <iostream>

using namespace simulation;

namespace {

constexpr std::uint64_t seeds_of_ci = 2000;
constexpr std::uint64_t parts = 4; // programs that may run side by side
constexpr std::uint64_t told_every = 100;
constexpr int told_whole_max = 3;

// The same each time: what ends wrong then is the doing of the change at hand. ./dev soak draws new
// ones.
Seeds seeds() {
  return seeds_asked_for().value_or(Seeds{1, seeds_of_ci});
}

// Every fourth of them.
void all_ends_well(std::uint64_t part) {
  const Seeds all = seeds();
  Figures figures;
  std::uint64_t runs = 0;
  int failed = 0;
  for (std::uint64_t i = part; i < all.count; i += parts) {
    const std::uint64_t seed = all.first + i;
    const Result result = run(seed);
    figures += result.figures;
    if (!result.violation.empty()) {
      ++failed;
      FAIL_CHECK(told(seed, result.violation, failed <= told_whole_max));
    }
    if (++runs % told_every == 0)
      std::cout << runs << " seeds: " << figures.to_string() << ", " << failed << " ended wrong"
                << std::endl;
  }
  MESSAGE(runs << " seeds from " << all.first << " on, " << failed << " ended wrong: "
               << figures.to_string() << "; " << std::clock() / CLOCKS_PER_SEC << " s of CPU");
}

} // namespace

TEST_CASE("thousands of worlds of chance end as they must, first quarter") {
  all_ends_well(0);
}

TEST_CASE("thousands of worlds of chance end as they must, second quarter") {
  all_ends_well(1);
}

TEST_CASE("thousands of worlds of chance end as they must, third quarter") {
  all_ends_well(2);
}

TEST_CASE("thousands of worlds of chance end as they must, fourth quarter") {
  all_ends_well(3);
}
