#pragma once

#include "crash/traffic.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace crash {

// A real host that is killed right before the calls with which it changes the disk or speaks to
// QuickBooks; one after the other in an order that the seed chooses, until all had their turn, and
// then again.
class KillingEverywhere {
 public:
  explicit KillingEverywhere(std::uint64_t seed);

  // So many kills of `emit`. What was not acknowledged is emitted again.
  void while_taking_in(int kills);
  // So many kills of `drain`, up to three in a row. Everything was acknowledged before.
  void while_delivering(int kills);

 private:
  // A row of steps to be killed at, mixed.
  class Points {
   public:
    long next(std::mt19937_64& engine);
    void learn(long steps) { steps_ = std::max(steps_, steps); }

   private:
    long steps_ = 0;
    std::vector<long> left_;
  };

  void new_world();
  // True: it was killed. Throws if it ended badly by itself.
  bool killed(const std::vector<std::string>& words, const std::string& input, Points& points);
  void deliver_and_check();
  int dice(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }

  std::mt19937_64 engine_;
  std::unique_ptr<acceptance::World> world_;
  std::unique_ptr<Traffic> traffic_;
  int rounds_ = 0; // in this world
  Points emitting_, delivering_;
  std::string history_; // of this round
};

} // namespace crash
