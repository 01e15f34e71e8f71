#include "delivery/delivery.hpp"

#include "delivery/hook.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "services/clock.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_map>

namespace host::delivery {
namespace {

using eventlog::Settled;
using eventlog::State;
using services::us_per_ms;

constexpr int round_length_max = 200;
constexpr std::size_t hooks_at_once_max = 8; // so that plugins can share their commits
constexpr std::int64_t first_pause_ms = 100;
constexpr std::int64_t pause_ms_max = 60'000;
constexpr std::int64_t tries_before_notice = 5;

std::int64_t pause_ms(const Said& said, std::int64_t attempts) {
  if (said.retry_after_ms > 0) return said.retry_after_ms;
  return std::min(pause_ms_max, first_pause_ms << std::min<std::int64_t>(attempts, 16));
}

// A status the interface knows to be for now; others are tried again as well, and shown.
bool is_for_now(erp_status status) {
  return status == ERP_E_RETRY_LATER || status == ERP_E_STORAGE || status == ERP_E_SHUTTING_DOWN ||
         status == ERP_E_TIMEOUT;
}

// Of the plugin itself; nobody needs to mend anything elsewhere.
bool is_failure(const Said& said) {
  return said.status < ERP_OK && !is_for_now(said.status) && said.status != ERP_E_NOT_CONNECTED &&
         said.status != ERP_E_CONFIG;
}

Settled judge(const eventlog::Delivery& delivery, const Said& said, std::int64_t now) {
  Settled settled{delivery.sequence, State::delivered, 0,
                  said.status,       said.message,     is_failure(said)};
  if (!said.offered)
    settled.state = State::not_offered;
  else if (said.status == ERP_E_INVALID || said.status == ERP_E_CONFLICT)
    settled.state = State::refused;
  else if (said.status < ERP_OK) {
    settled.state = State::waiting;
    settled.next_attempt_at = now + pause_ms(said, delivery.attempts) * us_per_ms;
  }
  return settled;
}

Settled deliver(instances::Instance& instance, const eventlog::Delivery& delivery) {
  const auto event = erp::event_from_json(delivery.body);
  if (!event)
    return {delivery.sequence, State::refused, 0, ERP_E_INVALID,
            "the event log holds no event here: " + event.error().what};
  const Said said = call_hook(instance, *event, static_cast<std::uint64_t>(delivery.sequence),
                              static_cast<std::uint32_t>(delivery.attempts + 1));
  return judge(delivery, said, services::now_us());
}

// The deliveries of one ordering key, in order.
using Lane = std::vector<const eventlog::Delivery*>;

std::vector<Lane> lanes_of(const std::vector<eventlog::Delivery>& round) {
  std::vector<Lane> lanes;
  std::unordered_map<std::string, std::size_t> known;
  for (const auto& delivery : round) {
    const auto [at, is_new] = known.emplace(delivery.ordering_key, lanes.size());
    if (is_new) lanes.emplace_back();
    lanes[at->second].push_back(&delivery);
  }
  return lanes;
}

// Calls the hooks of one round; what stands behind an event that has to wait is left out.
std::vector<Settled> run_round(instances::Instance& instance, const std::vector<Lane>& lanes,
                               const terminal::Cancel& cancel) {
  std::vector<std::vector<Settled>> results(lanes.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < lanes.size(); i = next++)
      for (const eventlog::Delivery* delivery : lanes[i]) {
        if (cancel.triggered()) return;
        results[i].push_back(deliver(instance, *delivery));
        if (results[i].back().state == State::waiting) break;
      }
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 1; i < std::min(lanes.size(), hooks_at_once_max); ++i)
    workers.emplace_back(work);
  work();
  workers.clear(); // joins
  std::vector<Settled> all;
  for (auto& lane : results)
    all.insert(all.end(), lane.begin(), lane.end());
  return all;
}

} // namespace

void Delivery::report(instances::Instance& instance, const eventlog::Delivery& delivery,
                      const Settled& settled, const Tell& tell) {
  const std::string key = "event/" + delivery.event_id;
  const bool stuck = settled.state == State::waiting && !is_for_now(settled.status) &&
                     delivery.attempts + 1 == tries_before_notice;
  if (settled.state == State::refused || stuck) {
    const std::string words = "event " + delivery.event_id + " (" + delivery.ordering_key +
                              "): " + instance.id() +
                              (stuck ? " keeps failing: " : " refused it: ") + settled.message;
    notices_.raise({instance.id(), key, ERP_NOTICE_ACTION_NEEDED,
                    stuck ? "An event cannot be delivered" : "An event was refused",
                    instance.secrets().scrubbed(words), services::now_us()});
    tell(words);
  } else if (settled.state == State::delivered && delivery.attempts > 0) {
    notices_.clear(instance.id(), key);
  }
  if (settled.status < ERP_OK)
    log_.write(services::Level::warning, instance.id(),
               "event " + delivery.event_id + ": " + name_of(settled.status));
}

Totals Delivery::hand_over(instances::Instance& instance, const terminal::Cancel& cancel,
                           const Tell& tell) {
  Totals totals;
  const instances::Turn::Held turn(instance.delivery());
  const auto entry = instance.enter();
  while (entry && !cancel.triggered()) {
    const auto round = events_.due(instance.id(), services::now_us(), round_length_max);
    if (round.empty()) break;
    const auto settled = run_round(instance, lanes_of(round), cancel);
    if (settled.empty()) break;
    events_.settle(instance.id(), settled);
    for (const Settled& one : settled) {
      totals.delivered += one.state == State::delivered;
      totals.refused += one.state == State::refused;
      totals.not_offered += one.state == State::not_offered;
      const auto found = std::find_if(round.begin(), round.end(), [&](const auto& delivery) {
        return delivery.sequence == one.sequence;
      });
      if (one.status != ERP_OK || found->attempts > 0) report(instance, *found, one, tell);
    }
  }
  return totals;
}

Totals Delivery::hand_over_until(instances::Instance& instance, std::int64_t deadline_us,
                                 const terminal::Cancel& cancel, const Tell& tell) {
  Totals all;
  while (true) {
    const Totals totals = hand_over(instance, cancel, tell);
    all.delivered += totals.delivered;
    all.refused += totals.refused;
    all.not_offered += totals.not_offered;
    const std::int64_t due = events_.next_due(instance.id());
    if (due == 0 || cancel.triggered()) return all;
    const std::int64_t pause_us = std::max<std::int64_t>(us_per_ms, due - services::now_us());
    if (services::monotonic_us() + pause_us > deadline_us) return all;
    cancel.wait_for(std::chrono::milliseconds(pause_us / us_per_ms + 1));
  }
}

} // namespace host::delivery
