#pragma once

#include "disk.hpp"
#include "quickbooks.hpp"

#include <functional>
#include <vector>

namespace simulation {

// Thrown through the plugin when its process dies in the middle of a call. Nothing may catch it for
// good: the disk takes no write any more.
struct ProcessDied {};

// The way to QuickBooks: takes time, loses, delays, doubles and garbles, as the swarm says.
class Network final : public qb::http::Transport {
 public:
  Network(Clock& clock, Dice& dice, const Swarm& swarm, History& history, QuickBooks& quickbooks,
          Disk& disk)
      : clock_(clock), dice_(dice), swarm_(swarm), history_(history), quickbooks_(quickbooks),
        disk_(disk) {}
  tl::expected<qb::http::Response, qb::http::Failure>
  exchange(const qb::http::Message& message) override;

  // Other threads of the host go on while a call is under way.
  void meanwhile(std::function<void()> others) { others_ = std::move(others); }
  // From now on nothing goes wrong; what is still under way arrives first.
  void heal();
  // Requests that were given up and are still at work in QuickBooks, as far as their time has come.
  void deliver_late();

 private:
  using Answer = tl::expected<qb::http::Response, qb::http::Failure>;
  bool happens(int permille) {
    return history_.counted(!healed_ && permille > 0 && dice_.chance(permille));
  }
  void die_perhaps();
  Answer lost(const char* what, std::int64_t after_us);
  Answer spoilt(const qb::http::Message& message, qb::http::Response response);
  Answer on_the_way(const qb::http::Message& message);

  struct Late {
    erp::Instant at = 0;
    qb::http::Message message;
  };
  Clock& clock_;
  Dice& dice_;
  const Swarm& swarm_;
  History& history_;
  QuickBooks& quickbooks_;
  Disk& disk_;
  std::function<void()> others_;
  std::vector<Late> late_;
  erp::Instant out_until_ = 0, locked_until_ = 0;
  bool healed_ = false;
};

} // namespace simulation
