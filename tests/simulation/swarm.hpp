#pragma once

#include "dice.hpp"

#include <cstdint>
#include <string>

namespace simulation {

// What may go wrong in one run, and how often; drawn by the seed, so that each run is sick in its
// own way and rare combinations come up. Permille of calls, but where it says otherwise.
struct Swarm {
  // on the way
  int refused = 0, lost_requests = 0, lost_answers = 0, delays = 0, duplicates = 0;
  int outages = 0; // begin with a call and last minutes
  // at QuickBooks
  int throttles = 0, server_trouble = 0, done_and_trouble = 0, html = 0, cut_answers = 0;
  int half_batches = 0;         // some of the items are done, and no answer comes
  int company_locked = 0;       // begins with a call and lasts minutes
  std::int64_t remembers_s = 0; // request ids; -1: for ever
  bool checks_numbers = true;   // of documents (fault 6140)
  int clock_off_s = 0;          // QuickBooks' clock against ours
  // tokens
  int tokens_rejected = 0, token_calls_lost = 0, revoked = 0;
  bool rotates = false, old_token_dies = false;
  // others in QuickBooks, per step of the world
  int edits = 0, deletions = 0, deactivations = 0, orders_by_hand = 0;
  // a person, per step
  int retries = 0, skips = 0, refreshes = 0, reconnects = 0;
  // this machine: per call, per step and per hook
  int deaths = 0, power_cuts = 0; // the second: of the deaths
  int restarts = 0, full_disks = 0, repeated_events = 0, hooks_during_calls = 0;
  // the company's choices
  std::string receipts, missing_supplier, cancelled_orders, item_type;
  int burst = 1; // events that come together; many make a batch

  static Swarm drawn(Dice& dice);
  // The same without its n-th fault; false: there is no such fault in it.
  bool without(int n);
  static constexpr int faults = 25;
  std::string to_string() const;
};

} // namespace simulation
