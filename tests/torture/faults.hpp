#pragma once

#include "machine.h"
#include "scenarios.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace torture {

// A kind of calls that fail, and the ways in which they do.
struct Way {
  const char* name;
  int error;
};
struct Kind {
  const char* name;
  machine_call calls;
  std::vector<Way> ways;
};
const std::vector<Kind>& kinds();
const Kind& kind_named(const std::string& name);

// One call of a scenario fails.
struct Fault {
  const Scenario* scenario;
  const Kind* kind;
  long nth; // from 1
  const Way* way;
};
std::string name_of(const Fault& fault); // "delivery/store/17/full"

using Counts = std::array<long, call_kinds>; // of a run in which none fails, by kind of call

// As many of a scenario as asked for: of each kind alike, or all there are of it; and of a kind
// evenly from the first call to the last.
std::vector<Fault> drawn(const Scenario& scenario, const Counts& counts, std::size_t wanted,
                         std::uint64_t seed);
std::vector<Fault> all_of(const Scenario& scenario, const Counts& counts);
// The last so many calls of a kind, each in every way.
std::vector<Fault> last_of(const Scenario& scenario, const Kind& kind, const Counts& counts,
                           std::size_t calls);

} // namespace torture
