#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

// The seed of a property test: ERP_TEST_SEED to repeat a run, else a new one, printed either way.
inline std::uint64_t printed_seed() {
  const char* given = std::getenv("ERP_TEST_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "ERP_TEST_SEED=" << seed << '\n';
  return seed;
}
