#include "crash/killing_everywhere.hpp"

#include "process/steps.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdexcept>

namespace crash {
namespace {

constexpr int rounds_per_world_max = 40; // looking through the books takes longer and longer
constexpr int emits_per_drain = 4;
constexpr int kills_in_a_row_max = 3;

} // namespace

long KillingEverywhere::Points::next(std::mt19937_64& engine) {
  if (left_.empty()) {
    for (long step = 1; step <= steps_; ++step)
      left_.push_back(step);
    std::shuffle(left_.begin(), left_.end(), engine);
  }
  const long step = left_.back();
  left_.pop_back();
  return step;
}

KillingEverywhere::KillingEverywhere(std::uint64_t seed) : engine_(seed) {}

void KillingEverywhere::new_world() {
  world_.reset();
  world_ = std::make_unique<acceptance::World>(Traffic::world());
  world_->control("POST", "tokens", R"({"do":"grace","seconds":600})");
  traffic_ = std::make_unique<Traffic>(engine_());
  rounds_ = 0;
  // The first rounds are watched and not killed: they tell how many steps there are.
  for (int round = 0; round < 3; ++round) {
    const std::string lines = together(traffic_->next_round());
    const auto count = [&](std::vector<std::string> words, const std::string& input,
                           Points& points) {
      words.insert(words.begin(), {"--home", world_->home().string()});
      const process::Stepped all = process::run_until_step(0, ERP_HOST, words, {.input = input},
                                                           process::Steps::on_disk_or_network);
      REQUIRE_MESSAGE(all.result.exit_code == 0, all.result.out, all.result.err);
      points.learn(all.steps);
    };
    count({"emit", "-"}, lines, emitting_);
    count({"drain", "quickbooks", "--timeout", "30"}, "", delivering_);
  }
}

bool KillingEverywhere::killed(const std::vector<std::string>& words, const std::string& input,
                               Points& points) {
  const long step = points.next(engine_);
  std::vector<std::string> all{"--home", world_->home().string()};
  all.insert(all.end(), words.begin(), words.end());
  const process::Stepped run = process::run_until_step(step, ERP_HOST, all, {.input = input},
                                                       process::Steps::on_disk_or_network);
  history_ += words[0] + (run.was_killed() ? " killed at " : " not killed at ") +
              std::to_string(step) + "\n";
  points.learn(run.steps);
  INFO(history_);
  if (!run.was_killed()) REQUIRE_MESSAGE(run.result.exit_code == 0, run.result.out, run.result.err);
  return run.was_killed();
}

void KillingEverywhere::deliver_and_check() {
  const auto drained = world_->drain(60);
  INFO(history_);
  REQUIRE_MESSAGE(drained.exit_code == 0, drained.out, drained.err);
  REQUIRE(traffic_->wrong_in(*world_) == "");
  history_.clear();
  ++rounds_;
}

void KillingEverywhere::while_taking_in(int kills) {
  while (kills > 0) {
    if (!world_ || rounds_ >= rounds_per_world_max) new_world();
    for (int i = 0; i < emits_per_drain && kills > 0; ++i) {
      const std::string lines = together(traffic_->next_round());
      if (!killed({"emit", "-"}, lines, emitting_)) continue; // acknowledged: never again
      --kills;
      const auto again = world_->emit(lines);
      INFO(history_);
      REQUIRE_MESSAGE(again.exit_code == 0, again.out, again.err);
    }
    deliver_and_check();
  }
}

void KillingEverywhere::while_delivering(int kills) {
  while (kills > 0) {
    if (!world_ || rounds_ >= rounds_per_world_max) new_world();
    world_->must({"emit", "-"}, together(traffic_->next_round()));
    if (dice(0, 4) == 0) {
      world_->control("POST", "tokens", R"({"do":"rotate_next"})");
      world_->control("POST", "tokens", R"({"do":"expire_access"})");
      history_ += "the access token has expired\n";
    }
    for (int row = dice(1, kills_in_a_row_max); row > 0 && kills > 0; --row) {
      if (!killed({"drain", "quickbooks", "--timeout", "30"}, "", delivering_)) break;
      --kills;
    }
    deliver_and_check();
  }
}

} // namespace crash
