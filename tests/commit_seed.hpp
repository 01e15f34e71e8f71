#pragma once

#include "process/process.hpp"
#include "seed.hpp"

#include <string>

// The seed of a long random test: LEDGERHOOK_SEED, else drawn from the commit, so that a run of CI
// can be repeated and the next one draws anew.
inline std::uint64_t seed_of_the_commit(const char* repository) {
  if (std::getenv("LEDGERHOOK_SEED") != nullptr) return printed_seed();
  const auto commit =
      process::run("/usr/bin/git", {"-C", repository, "rev-parse", "--short=8", "HEAD"});
  const std::uint64_t seed = std::strtoull(commit.out.c_str(), nullptr, 16); // none: 0
  std::cout << "LEDGERHOOK_SEED=" << seed << '\n';
  return seed;
}
