#pragma once

#include <cstdint>
#include <optional>

namespace simulation {

struct Seeds {
  std::uint64_t first = 0, count = 0;
};

// QB_SIM_SEEDS=first..last; nullopt: nobody asks for other seeds. Throws at anything else.
std::optional<Seeds> seeds_asked_for();

} // namespace simulation
