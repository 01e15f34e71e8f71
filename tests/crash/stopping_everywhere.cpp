#include "crash/stopping_everywhere.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace crash {
namespace {

constexpr int rounds_per_world_max = 40; // looking through the books takes longer and longer
constexpr int emits_per_drain = 4;
constexpr int ends_in_a_row_max = 3;

const std::vector<std::string> emit{"emit", "-"};
const std::vector<std::string> drain{"drain", "quickbooks", "--timeout", "30"};

} // namespace

long StoppingEverywhere::Points::next(std::mt19937_64& engine) {
  if (left_.empty()) {
    for (long step = 1; step <= steps_; ++step)
      left_.push_back(step);
    std::shuffle(left_.begin(), left_.end(), engine);
  }
  const long step = left_.back();
  left_.pop_back();
  return step;
}

StoppingEverywhere::StoppingEverywhere(HardEnd& end, std::uint64_t seed)
    : end_(end), engine_(seed) {}

void StoppingEverywhere::new_world(int watched_rounds) {
  world_.reset();
  world_ = std::make_unique<acceptance::World>(Traffic::world());
  world_->control("POST", "tokens", R"({"do":"grace","seconds":600})");
  traffic_ = std::make_unique<Traffic>(engine_());
  rounds_ = 0;
  end_.begin(*world_);
  // The first rounds are only watched: they tell how many steps there are.
  for (int round = 0; round < watched_rounds; ++round) {
    watch(emit, together(traffic_->next_round()), emitting_);
    watch(drain, "", delivering_);
  }
}

void StoppingEverywhere::watch(const std::vector<std::string>& words, const std::string& input,
                               Points& points) {
  const HardEnd::Run run = end_.run(*world_, 0, words, input);
  REQUIRE_MESSAGE(run.result.exit_code == 0, run.result.out, run.result.err);
  points.learn(run.steps);
}

bool StoppingEverywhere::ends(long step, const std::vector<std::string>& words,
                              const std::string& input, Points& points) {
  const HardEnd::Run run = end_.run(*world_, step, words, input);
  history_ += words[0] + (run.ended_hard() ? " " : " not ") + end_.name() + " at " +
              std::to_string(step) + "\n";
  points.learn(run.steps);
  INFO(history_);
  if (!run.ended_hard()) REQUIRE_MESSAGE(run.result.exit_code == 0, run.result.out, run.result.err);
  return run.ended_hard();
}

// The restart after a hard end is watched too: what it writes must be known at the next.
void StoppingEverywhere::emit_again(const std::string& lines) {
  INFO(history_);
  watch(emit, lines, emitting_);
}

void StoppingEverywhere::deliver_and_check() {
  INFO(history_);
  watch(drain, "", delivering_);
  REQUIRE(traffic_->wrong_in(*world_) == "");
  history_.clear();
  ++rounds_;
}

void StoppingEverywhere::while_taking_in(int ends_left) {
  while (ends_left > 0) {
    if (!world_ || rounds_ >= rounds_per_world_max) new_world();
    for (int i = 0; i < emits_per_drain && ends_left > 0; ++i) {
      const std::string lines = together(traffic_->next_round());
      if (!ends(emitting_.next(engine_), emit, lines, emitting_)) continue; // acknowledged
      --ends_left;
      emit_again(lines);
    }
    deliver_and_check();
  }
}

void StoppingEverywhere::while_delivering(int ends_left) {
  while (ends_left > 0) {
    if (!world_ || rounds_ >= rounds_per_world_max) new_world();
    watch(emit, together(traffic_->next_round()), emitting_);
    if (dice(0, 4) == 0) {
      world_->control("POST", "tokens", R"({"do":"rotate_next"})");
      world_->control("POST", "tokens", R"({"do":"expire_access"})");
      history_ += "the access token has expired\n";
    }
    for (int row = dice(1, ends_in_a_row_max); row > 0 && ends_left > 0; --row) {
      if (!ends(delivering_.next(engine_), drain, "", delivering_)) break;
      --ends_left;
    }
    deliver_and_check();
  }
}

void StoppingEverywhere::at_each_step_of_taking_in() {
  new_world(1);
  int ended = 0;
  for (long step = 1; step <= emitting_.steps(); ++step) {
    const std::string line = traffic_->create();
    if (!ends(step, emit, line, emitting_)) continue;
    ++ended;
    emit_again(line);
  }
  CHECK(ended > 0);
  deliver_and_check();
}

} // namespace crash
