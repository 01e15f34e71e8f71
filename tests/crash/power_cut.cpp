#include "crash/power_cut.hpp"

namespace crash {

void PowerCut::begin(const acceptance::World& world) {
  process::write_text(world.scratch("disk.log"), "");
  platter_.emplace(world.home());
}

HardEnd::Run PowerCut::run(const acceptance::World& world, long step,
                           const std::vector<std::string>& words, const std::string& input) {
  std::vector<std::string> all{"--home", world.home().string()};
  all.insert(all.end(), words.begin(), words.end());
  const std::filesystem::path log = world.scratch("disk.log");
  process::Options options{.input = input,
                           .extra = {{"LD_PRELOAD", WATCHED_DISK},
                                     {"WATCHED_DISK_LOG", log.string()},
                                     {"WATCHED_DISK_END", std::to_string(step)}}};
  if (steps_ == Steps::after_each_fsync) options.extra["WATCHED_DISK_FORCED"] = "1";
  Run run{process::run(ERP_HOST, all, options)};
  const Platter::Taken taken = platter_->take_in(log);
  run.steps = steps_ == Steps::after_each_fsync ? taken.forced : taken.changes;
  if (run.ended_hard()) {
    endangered_ += platter_->unsafe();
    platter_->cut(engine_);
  }
  return run;
}

} // namespace crash
