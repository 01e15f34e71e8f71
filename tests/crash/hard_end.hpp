#pragma once

#include "acceptance/world.hpp"

#include <string>
#include <vector>

namespace crash {

// A way in which the host can end without a chance to do anything about it.
class HardEnd {
 public:
  struct Run {
    process::Result result;
    long steps = 0; // how many it came to
    bool ended_hard() const { return result.signal == 9; }
  };

  virtual ~HardEnd() = default;
  virtual std::string name() const = 0; // "killed"
  // From now on it happens in this world.
  virtual void begin(const acceptance::World& world) = 0;
  // Runs `erp-host words` and ends it right before its step `step`; 0: not.
  virtual Run run(const acceptance::World& world, long step, const std::vector<std::string>& words,
                  const std::string& input) = 0;
};

} // namespace crash
