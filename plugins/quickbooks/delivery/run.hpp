#pragma once

#include "delivery/deliver.hpp"
#include "delivery/refresh.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <string>

namespace qb::delivery {

// What one run of the job "deliver" did.
struct Report {
  std::int64_t delivered = 0, blocked = 0, waiting = 0;
  std::optional<erp::Instant> next_due;
  bool reconnect_needed = false;
  std::string words; // why nothing more can be delivered, for a person
};

struct Run {
  store::Database& store;
  company::Company& company;
  const settings::Settings& settings;
  Surroundings surroundings;
  erp::Instant deadline;
  const std::atomic<bool>& stopping;
  std::function<void()> between_entries; // others may use the company then
};

// Delivers what is due, in order, until nothing is, the deadline comes or somebody stops it. Keeps
// the directory fresh on the way: everything at first, changes once an hour while there is work,
// sooner while a blocked document may be cured.
Report run(const Run& run);

// A person says that what held up the company as a whole is mended: it is tried again at once. Does
// nothing if no such issue is open; Intuit's own pauses stay.
void lift_company_hold(store::Database& store);

// Blocked documents that QuickBooks' own data may have cured are looked at anew; answers how many.
// What was sent and refused after `refused_by` is left alone: it may be refused again and again,
// whatever the data says.
int recheck_curable(store::Database& store, erp::Instant now, erp::Instant refused_by);

} // namespace qb::delivery
