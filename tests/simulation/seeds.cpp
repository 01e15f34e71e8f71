#include "seeds.hpp"

#include "world.hpp"

namespace simulation {

Result run(std::uint64_t seed, const Swarm& swarm, int steps) {
  World world(seed, swarm, steps);
  world.run();
  const History& history = world.history();
  return {history.violation(), history.hash(), history.lines(), history.figures};
}

namespace {

Swarm swarm_of(std::uint64_t seed) {
  Dice dice(~seed);
  return Swarm::drawn(dice);
}

} // namespace

Result run(std::uint64_t seed) {
  return run(seed, swarm_of(seed), steps_of_a_run);
}

std::string shortened(std::uint64_t seed) {
  Swarm swarm = swarm_of(seed);
  int steps = steps_of_a_run;
  Result result = run(seed, swarm, steps);
  if (result.violation.empty()) return "seed " + std::to_string(seed) + " fails no longer\n";
  const auto still_fails = [&](const Swarm& fewer, int count) {
    Result shorter = run(seed, fewer, count);
    if (shorter.violation.empty()) return false;
    swarm = fewer;
    steps = count;
    result = std::move(shorter);
    return true;
  };
  while (steps > 1 && still_fails(swarm, steps / 2)) {
  }
  for (int fault = 0; fault < Swarm::faults; ++fault)
    if (Swarm fewer = swarm; fewer.without(fault)) still_fails(fewer, steps);
  for (int count = steps - 1; count > 0 && count > steps / 2 && still_fails(swarm, count);
       --count) {
  }
  std::string text = "seed " + std::to_string(seed) + ": " + result.violation + "\n  " +
                     std::to_string(steps) + " steps with " + swarm.to_string() + "\n";
  constexpr std::size_t lines_shown = 60;
  const std::size_t from =
      result.history.size() > lines_shown ? result.history.size() - lines_shown : 0;
  if (from > 0) text += "  ... " + std::to_string(from) + " lines before\n";
  for (std::size_t i = from; i < result.history.size(); ++i)
    text += result.history[i] + "\n";
  return text + "replay: simulation --seed " + std::to_string(seed) + " --history\n";
}

std::string told(std::uint64_t seed, const std::string& violation, bool whole) {
  return whole ? shortened(seed) : "simulation --seed " + std::to_string(seed) + ": " + violation;
}

} // namespace simulation
