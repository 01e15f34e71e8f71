#pragma once

#include "faults.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace torture {

struct Played {
  std::map<std::string, std::size_t> faults; // "delivery/store": how many
  std::size_t met = 0; // of them: a call so late may not come, where how many there are is chance
  std::vector<std::string> complaints; // each with the command that plays it again
};

// Which calls are to fail, one at a time.
struct Choice {
  std::function<bool(const Scenario&)> takes; // any of its calls; the others are not even counted
  std::function<std::vector<Fault>(const Scenario&, const Counts&)> faults; // of one it takes
};

// So many of each scenario. LEDGERHOOK_TORTURE says otherwise: a number, "all", or which:
// "delivery", "delivery/store", "delivery/store/17", "all/delivery/store".
Choice asked_for(std::size_t of_each, std::uint64_t seed);

Played play(const Choice& choice, const std::string& program);
std::size_t count(const Played& played);
std::string told(const Played& played); // the figures

} // namespace torture
