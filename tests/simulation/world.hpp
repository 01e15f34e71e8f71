#pragma once

#include "connector.hpp"
#include "disk.hpp"
#include "erp.hpp"
#include "history.hpp"
#include "host.hpp"
#include "network.hpp"
#include "quickbooks.hpp"
#include "swarm.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace simulation {

// One run: the plugin's real rooms from the connector down, in one thread, between a host, a
// network, a QuickBooks, a disk and people who all follow the same dice.
class World {
 public:
  World(std::uint64_t seed, const Swarm& swarm, int steps);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // The whole run: everything goes wrong, then nothing does, then all must be well.
  void run();
  const History& history() const { return history_; }

 private:
  friend class Oracle;
  struct Others {                           // what others did in QuickBooks
    std::set<std::string> deleted_orders;   // of the host, by id
    std::map<std::string, int> lines_added; // by Id of the purchase order
    std::map<std::string, Json> by_hand;    // purchase orders without our mark, by Id
    std::set<std::string> numbers;          // of those
  };

  // --- the process
  void start();
  void die_and_start_again();
  enum class Went { well, refused, died };
  Went tried(const char* what, const std::function<void()>& work);
  void start_again_if_dead();
  void see_nothing_lost();
  // --- what happens
  void step();
  bool tell_next();
  void repeat_an_event();
  void deliver();
  void connect();
  void person_acts();
  void person_decides(const char* decision);
  void others_act();
  void others_order();
  void others_edit();
  void others_delete();
  void others_deactivate();
  bool happens(int permille) { return history_.counted(permille > 0 && dice_.chance(permille)); }
  // --- the end
  void go_through();
  void tell_what_is_open();
  void heal();
  void drain();
  void sow();

  Clock clock_;
  Dice dice_;
  const Swarm swarm_;
  const int steps_;
  History history_;
  Disk disk_;
  Host host_;
  QuickBooks quickbooks_;
  Network network_;
  Erp erp_;
  Others others_;
  std::unique_ptr<qb::Connector> connector_;
};

} // namespace simulation
