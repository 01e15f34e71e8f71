#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

// The seed of a test that draws: LEDGERHOOK_SEED to repeat a run, else the one given; printed.
inline std::uint64_t printed_seed(std::uint64_t otherwise) {
  const char* given = std::getenv("LEDGERHOOK_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
  std::cout << "LEDGERHOOK_SEED=" << seed << '\n';
  return seed;
}

// Another one in each run.
inline std::uint64_t printed_seed() {
  return printed_seed(std::random_device{}());
}
