#include "swarm.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace simulation {
namespace {

struct Fault {
  const char* name;
  int Swarm::*rate;
  int most; // permille
};
constexpr std::array<Fault, Swarm::faults> rates = {
    {{"refused", &Swarm::refused, 40},
     {"lost requests", &Swarm::lost_requests, 60},
     {"lost answers", &Swarm::lost_answers, 80},
     {"delays", &Swarm::delays, 60},
     {"duplicates", &Swarm::duplicates, 60},
     {"outages", &Swarm::outages, 15},
     {"throttles", &Swarm::throttles, 30},
     {"server trouble", &Swarm::server_trouble, 50},
     {"done and trouble", &Swarm::done_and_trouble, 50},
     {"html", &Swarm::html, 40},
     {"cut answers", &Swarm::cut_answers, 40},
     {"half batches", &Swarm::half_batches, 300},
     {"company locked", &Swarm::company_locked, 10},
     {"tokens rejected", &Swarm::tokens_rejected, 30},
     {"token calls lost", &Swarm::token_calls_lost, 300},
     {"revoked", &Swarm::revoked, 8},
     {"edits", &Swarm::edits, 150},
     {"deletions", &Swarm::deletions, 40},
     {"deactivations", &Swarm::deactivations, 40},
     {"deaths", &Swarm::deaths, 40},
     {"restarts", &Swarm::restarts, 40},
     {"full disks", &Swarm::full_disks, 20},
     {"repeated events", &Swarm::repeated_events, 150},
     {"hooks during calls", &Swarm::hooks_during_calls, 150},
     {"orders by hand", &Swarm::orders_by_hand, 80}}};
// What came later is drawn last, so that a seed stays the world that it was.
constexpr std::size_t drawn_first = 24;

} // namespace

Swarm Swarm::drawn(Dice& dice) {
  Swarm swarm;
  const auto draw = [&](const Fault& fault) {
    if (dice.chance(400)) swarm.*fault.rate = 1 + dice.below(fault.most);
  };
  std::for_each(rates.begin(), rates.begin() + drawn_first, draw);
  swarm.checks_numbers = dice.chance(600);
  // Where nothing else tells a second document from the first, request ids must be remembered
  // longer than the plugin resends without looking.
  constexpr std::int64_t longer_than_resends_s = 20 * 60;
  swarm.remembers_s = dice.chance(400) ? -1 : longer_than_resends_s;
  if (swarm.checks_numbers && dice.chance(500)) swarm.remembers_s = dice.chance(500) ? 0 : 60;
  swarm.clock_off_s = dice.chance(300) ? dice.between(-90, 90) : 0;
  swarm.rotates = dice.chance(500);
  swarm.old_token_dies = dice.chance(300);
  swarm.power_cuts = dice.chance(500) ? dice.below(1000) : 0;
  swarm.retries = dice.chance(500) ? 60 : 0;
  swarm.skips = dice.chance(300) ? 40 : 0;
  swarm.refreshes = dice.chance(300) ? 30 : 0;
  swarm.reconnects = dice.chance(200) ? 20 : 0;
  swarm.receipts = std::array{"none", "bill_per_receipt", "one_bill", "close_only",
                              "bill_per_receipt"}[static_cast<std::size_t>(dice.below(5))];
  swarm.missing_supplier = dice.chance(500) ? "create" : "report";
  swarm.cancelled_orders = dice.chance(500) ? "close" : "delete";
  swarm.item_type = dice.chance(500) ? "inventory" : "non_inventory";
  swarm.burst = dice.chance(400) ? dice.between(5, 30) : 1;
  std::for_each(rates.begin() + drawn_first, rates.end(), draw);
  return swarm;
}

bool Swarm::without(int n) {
  const Fault& fault = rates.at(static_cast<std::size_t>(n));
  if (this->*fault.rate == 0) return false;
  this->*fault.rate = 0;
  return true;
}

std::string Swarm::to_string() const {
  std::string text;
  for (const Fault& fault : rates)
    if (this->*fault.rate != 0)
      text += std::string(fault.name) + " " + std::to_string(this->*fault.rate) + ", ";
  return text + "receipts=" + receipts + ", missing_supplier=" + missing_supplier +
         ", cancelled_orders=" + cancelled_orders + ", item_type=" + item_type +
         (checks_numbers ? ", numbers checked" : ", numbers not checked") + ", request ids for " +
         std::to_string(remembers_s) + " s, bursts of " + std::to_string(burst) +
         (rotates ? old_token_dies ? ", tokens rotate and the old one dies" : ", tokens rotate"
                  : "") +
         (power_cuts > 0 ? ", power cuts " + std::to_string(power_cuts) : "");
}

} // namespace simulation
