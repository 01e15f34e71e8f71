#include "plugins/trial.hpp"

#include "host.hpp"
#include "plugins/after_change.hpp"
#include "plugins/going_back.hpp"
#include "plugins/rehearsal.hpp"
#include "plugins/snapshot.hpp"
#include "services/clock.hpp"

#include <filesystem>
#include <set>

namespace host::plugins {
namespace {

constexpr std::int64_t us_per_minute = 60 * services::us_per_s;

std::string reason_of(const Trial& trial) {
  if (hooks_fail(trial))
    return "it failed on " + std::to_string(trial.failed_events) + " of " +
           std::to_string(trial.events) + " events";
  return "the process that used it ended hard " + std::to_string(trial.hard_ends) + " times";
}

void go_back_from(Host& host, const Trial& trial, const Installed& present) {
  const std::string& id = trial.plugin;
  const auto changed = go_back(host, id);
  if (changed) {
    tell_of_change(host, id, "An upgrade was taken back",
                   id + " is back at " + changed->now.version + ": " + present.version +
                       " was on trial, and " + reason_of(trial) +
                       ". Nothing is lost; events that it failed on go to " + changed->now.version +
                       ". Ask the publisher about it, or wait for the next "
                       "version");
    sweep(host);
    return;
  }
  if (changed.error().status == ERP_E_RETRY_LATER || changed.error().status == ERP_E_TIMEOUT)
    return; // somebody is inside; the next command looks again
  host.trials.stay(id);
  tell_of_change(host, id, "An upgrade does not work, and cannot be taken back",
                 id + " " + present.version + " is on trial, and " + reason_of(trial) + ". " +
                     changed.error().message +
                     ". What it refuses waits in the host or is listed by `events list "
                     "--undelivered`. Ask the publisher for a version that mends it, and `plugins "
                     "upgrade` to that");
}

void look_after(Host& host, const Trial& trial, std::int64_t now) {
  const auto present = host.registry.find(trial.plugin);
  if (!present || trial.step != Step::trial) return;
  const bool fails = hooks_fail(trial) || trial.hard_ends >= hard_ends_max;
  const auto end = ends_at(trial, host);
  if (fails && !trial.stays)
    go_back_from(host, trial, *present);
  else if (end && now >= *end) {
    host.trials.keep(trial.plugin);
    host.log.write(services::Level::info, trial.plugin, "the trial is over; it stays");
    sweep(host);
  }
}

Outcome<void> undo(Host& host, const Trial& trial) {
  const std::string& id = trial.plugin;
  const auto present = host.registry.find(id);
  const auto former = host.trials.former(id);
  if (!present || !former)
    return problem("host.db tells of an upgrade of " + id + " and not from what", ERP_E_STORAGE);
  host.trials.begin_restoring(id);
  if (auto restored = restore_snapshot(host.folders, id); !restored) return restored;
  host.trials.go_back(id);
  if (trial.step == Step::activating)
    tell_of_change(host, id, "An upgrade was not made",
                   "The upgrade of " + id + " to " + present->version +
                       " did not come to its end: the process that made it ended in the middle. " +
                       former->version +
                       " works as before, and nothing is lost. Run `plugins upgrade` again; if it "
                       "ends like this again, ask the publisher about " +
                       present->version);
  return {};
}

} // namespace

bool hooks_fail(const Trial& trial, std::int64_t events_min) {
  return trial.events >= events_min &&
         trial.failed_events * 100 > trial.events * failed_events_percent_max;
}

std::optional<std::int64_t> ends_at(const Trial& trial, Host& host) {
  if (trial.used_at == 0) return std::nullopt;
  return trial.used_at + std::stoll(host.host_settings.value("trial_minutes")) * us_per_minute;
}

void look_after_trials(Host& host, std::int64_t now) {
  const auto trials = host.trials.list();
  if (trials.empty()) return;
  const instances::Turn::Held turn(host.changing);
  for (const Trial& trial : host.trials.list())
    look_after(host, trial, now);
}

Outcome<void> finish_interrupted(Host& host) {
  host.trials.count_hard_ends();
  std::set<std::string> unused;
  for (const Trial& trial : host.trials.list()) {
    if (trial.step == Step::trial && trial.used_at == 0) unused.insert(trial.plugin);
    if (trial.step == Step::trial) continue;
    if (auto undone = undo(host, trial); !undone) return undone;
  }
  std::error_code ignored;
  for (const auto& left : std::filesystem::directory_iterator(host.folders.upgrades(), ignored))
    if (!unused.count(left.path().filename().string()))
      std::filesystem::remove_all(left.path(), ignored);
  sweep(host);
  return {};
}

} // namespace host::plugins
