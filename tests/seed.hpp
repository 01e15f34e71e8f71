#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

// The seed of a random test: LEDGERHOOK_SEED to repeat a run, else a new one, printed either way.
inline std::uint64_t printed_seed() {
  const char* given = std::getenv("LEDGERHOOK_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "LEDGERHOOK_SEED=" << seed << '\n';
  return seed;
}
