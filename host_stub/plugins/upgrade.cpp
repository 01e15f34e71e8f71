#include "plugins/upgrade.hpp"

#include "bundle/version_order.hpp"
#include "erp/services/notice.h"
#include "host.hpp"
#include "plugins/after_change.hpp"
#include "plugins/rehearsal.hpp"
#include "plugins/snapshot.hpp"
#include "services/clock.hpp"

namespace host::plugins {
namespace {

Outcome<void> is_newer(const Installed& before, const Installed& next) {
  const int order = bundle::compare_versions(next.version, before.version);
  if (order == 0)
    return problem(next.id + " " + next.version + " is installed already", ERP_E_CONFLICT);
  if (order < 0)
    return problem(next.id + " " + next.version + " is older than " + before.version +
                       ", which is installed; `plugins rollback " + next.id +
                       "` goes back to the version before, if it can read what is there",
                   ERP_E_CONFLICT);
  if (!next.states.can_read(before.states))
    return problem(next.id + " " + next.version + " cannot start from the data of " +
                       before.version +
                       "; upgrade to a version between them first. Its publisher tells which",
                   ERP_E_CONFLICT);
  return {};
}

class Upgrading {
 public:
  Upgrading(Host& host, const Installed& before, const Installed& next)
      : host_(host), before_(before), next_(next) {}

  Outcome<void> run() {
    const std::string& id = next_.id;
    auto hold = host_.instances.hold(id, services::now_us() + letting_go_us_max);
    if (!hold) return tl::make_unexpected(hold.error());
    if (auto taken = take_snapshot(host_.folders, id); !taken) return given_up(taken.error());
    if (auto rehearsed = rehearse(host_, next_, before_.enabled); !rehearsed)
      return given_up({next_.version + " " + rehearsed.error().message, rehearsed.error().status});
    host_.trials.begin(next_);
    if (before_.enabled) {
      const auto active = host_.instances.activate(*hold);
      if (!active && active.error().status == ERP_E_TIMEOUT) {
        // It may still write into its folder. The next process finds this trial and undoes it.
        hold->until_the_process_ends();
        return problem(active.error().message + "; " + before_.version +
                           " works again as soon as this process has ended",
                       ERP_E_TIMEOUT);
      }
      if (!active) return undo(next_.version + " " + active.error().message);
    }
    host_.trials.put_on_trial(id);
    return {};
  }

 private:
  // Nothing was written down yet.
  Outcome<void> given_up(const Problem& why) {
    discard_snapshot(host_.folders, next_.id);
    return tl::make_unexpected(why);
  }

  Outcome<void> undo(const std::string& why) {
    host_.trials.begin_restoring(next_.id);
    if (auto restored = restore_snapshot(host_.folders, next_.id); !restored) return restored;
    host_.trials.go_back(next_.id);
    return given_up({why, ERP_E_UNSUPPORTED});
  }

  Host& host_;
  const Installed& before_;
  const Installed& next_;
};

} // namespace

void tell_of_change(Host& host, const std::string& id, const std::string& title,
                    const std::string& words) {
  const auto secrets = secrets::SecretStore::open(host.folders, id);
  const std::string shown = secrets ? (*secrets)->scrubbed(words) : words;
  host.notices.raise(
      {id, change_notice, ERP_NOTICE_ACTION_NEEDED, title, shown, services::now_us()});
  host.log.write(services::Level::warning, id, shown);
}

void sweep(Host& host) {
  auto kept = host.registry.list();
  for (Installed& one : host.trials.all_former())
    kept.push_back(std::move(one));
  sweep_versions(host.folders, kept);
}

Outcome<Changed> upgrade(Host& host, const ToInstall& what, std::int64_t now) {
  const instances::Turn::Held turn(host.changing);
  ToInstall next_one = what;
  next_one.enabled_allowed = next_one.downgrade_allowed = true; // is_newer() says it better
  const auto staged = stage(host.folders, host.registry, next_one);
  if (!staged) return tl::make_unexpected(staged.error());
  const std::string& id = staged->plugin.id;
  const auto before = host.registry.find(id);
  if (!before)
    return problem(id + " is not installed; `plugins install` does that", ERP_E_NOT_FOUND);
  if (auto newer = is_newer(*before, staged->plugin); !newer)
    return tl::make_unexpected(newer.error());
  const auto next = put_in_place(host.folders, *staged, now);
  if (!next) return tl::make_unexpected(next.error());
  const auto done = Upgrading(host, *before, *next).run();
  sweep(host);
  if (done) {
    host.notices.clear(id, change_notice);
    host.log.write(services::Level::info, id,
                   "upgraded from " + before->version + " to " + next->version +
                       " sha256=" + next->sha256);
    return Changed{*before, *next, false};
  }
  const std::string words =
      id + " stays at " + before->version + ", with everything it had: " + done.error().message;
  tell_of_change(host, id, "An upgrade was not made",
                 words + "\nEvents go to " + before->version +
                     " as before. Ask the publisher about it, or wait for the next version");
  return problem(words, done.error().status);
}

} // namespace host::plugins
