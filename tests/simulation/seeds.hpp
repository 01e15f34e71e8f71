#pragma once

#include "history.hpp"
#include "swarm.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace simulation {

// What became of one run.
struct Result {
  std::string violation; // "" : all is well
  std::uint64_t hash = 0;
  std::vector<std::string> history;
  Figures figures;
};

constexpr int steps_of_a_run = 60;

Result run(std::uint64_t seed, const Swarm& swarm, int steps);
Result run(std::uint64_t seed);

// A run that fails, made as short and as healthy as it still fails; told for a person with the
// command that replays it.
std::string shortened(std::uint64_t seed);
// The first failures of many `whole` (shortened), since that takes as long as some sixty runs; the
// others with their violation and the command that replays them.
std::string told(std::uint64_t seed, const std::string& violation, bool whole);

} // namespace simulation
