#pragma once

#include "acceptance/world.hpp"

#include <cstdint>
#include <random>

namespace acceptance {

// Sends orders to QuickBooks and kills the host's process on the way, again and again. Each round
// brings a new order, with a part of its own in every third, and a second version of the one
// before.
class Killing {
 public:
  Killing(std::uint64_t seed, WorldOptions options = {});

  // From now on, until run() lets everything be delivered.
  void break_answers(const std::string& rule) const { world_.fault(rule); }
  // After each kill QuickBooks forgets which requests it has seen.
  void forget_request_ids() { forgets_ = true; }
  // Kills so often, then lets everything be emitted again and delivered.
  void run(int kills);
  // Every order exactly once, in its last version, equal to the cent; every item once.
  void check() const;

  int killed_emitting() const { return killed_emitting_; }
  int killed_draining() const { return killed_draining_; }
  int kills_after_work_began() const { return kills_at_work_; }

 private:
  void add_round();
  void kill_once();
  void kill_after_time(process::Running& program);
  // When QuickBooks has done the nth write and its answer has not left yet.
  void kill_before_the_answer(process::Running& program, int nth);
  // While a request is under way to QuickBooks, which will still carry it out.
  void kill_in_flight(process::Running& program);
  int dice(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }

  bool forgets_ = false;
  std::mt19937_64 engine_;
  World world_;
  std::size_t items_before_ = 0;
  std::size_t parts_ = 1;
  std::vector<Order> orders_; // the last version of each
  std::vector<std::string> lines_;
  int killed_emitting_ = 0, killed_draining_ = 0, kills_at_work_ = 0;
};

} // namespace acceptance
