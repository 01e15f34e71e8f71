#pragma once

#include "crash/hard_end.hpp"

namespace crash {

// kill -9. What was written is there; a step is a call that changes the disk or sends something.
class KillAtStep : public HardEnd {
 public:
  std::string name() const override { return "killed"; }
  void begin(const acceptance::World&) override {}
  Run run(const acceptance::World& world, long step, const std::vector<std::string>& words,
          const std::string& input) override;
};

} // namespace crash
