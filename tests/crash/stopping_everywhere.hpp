#pragma once

#include "crash/hard_end.hpp"
#include "crash/traffic.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace crash {

// A real host that ends hard right before its steps; one after the other in an order that the seed
// chooses, until all had their turn, and then again.
class StoppingEverywhere {
 public:
  StoppingEverywhere(HardEnd& end, std::uint64_t seed);

  // So many ends of `emit`. What was not acknowledged is emitted again.
  void while_taking_in(int ends);
  // So many ends of `drain`, up to three in a row. Everything was acknowledged before.
  void while_delivering(int ends);
  // At each step of `emit` of one order, one after the other.
  void at_each_step_of_taking_in();

 private:
  // A row of steps to be killed at, mixed.
  class Points {
   public:
    long next(std::mt19937_64& engine);
    void learn(long steps) { steps_ = std::max(steps_, steps); }
    long steps() const { return steps_; }

   private:
    long steps_ = 0;
    std::vector<long> left_;
  };

  void new_world(int watched_rounds = 2);
  void watch(const std::vector<std::string>& words, const std::string& input, Points& points);
  // True: it ended there, and not by itself.
  bool ends(long step, const std::vector<std::string>& words, const std::string& input,
            Points& points);
  void emit_again(const std::string& lines);
  void deliver_and_check();
  int dice(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }

  HardEnd& end_;
  std::mt19937_64 engine_;
  std::unique_ptr<acceptance::World> world_;
  std::unique_ptr<Traffic> traffic_;
  int rounds_ = 0; // in this world
  Points emitting_, delivering_;
  std::string history_; // of this round
};

} // namespace crash
