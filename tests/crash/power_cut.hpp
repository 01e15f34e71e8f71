#pragma once

#include "crash/hard_end.hpp"
#include "crash/platter.hpp"

#include <optional>
#include <random>

namespace crash {

// The power fails: of what was written since the last fsync any sectors are there or not. A step is
// a call that changes a database, its log, or their folder, or only what follows an fsync of them.
class PowerCut : public HardEnd {
 public:
  enum class Steps { changes, after_each_fsync };
  explicit PowerCut(std::uint64_t seed, Steps steps = Steps::changes)
      : steps_(steps), engine_(seed) {}

  std::string name() const override { return "cut off"; }
  void begin(const acceptance::World& world) override;
  Run run(const acceptance::World& world, long step, const std::vector<std::string>& words,
          const std::string& input) override;
  // How many changes were in danger, in all cuts together.
  std::size_t endangered() const { return endangered_; }

 private:
  Steps steps_;
  std::mt19937_64 engine_;
  std::optional<Platter> platter_;
  std::size_t endangered_ = 0;
};

} // namespace crash
