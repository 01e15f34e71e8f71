#include "crash/kill_at_step.hpp"

#include "process/steps.hpp"

namespace crash {

HardEnd::Run KillAtStep::run(const acceptance::World& world, long step,
                             const std::vector<std::string>& words, const std::string& input) {
  std::vector<std::string> all{"--home", world.home().string()};
  all.insert(all.end(), words.begin(), words.end());
  const process::Stepped stepped = process::run_until_step(step, ERP_HOST, all, {.input = input},
                                                           process::Steps::on_disk_or_network);
  return {stepped.result, stepped.steps};
}

} // namespace crash
