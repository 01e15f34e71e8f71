#include "host.hpp"
#include "loader/library.hpp"
#include "plugins/after_change.hpp"
#include "plugins/going_back.hpp"
#include "plugins/rehearsal.hpp"
#include "plugins/snapshot.hpp"
#include "plugins/upgrade.hpp"
#include "services/clock.hpp"

namespace host::plugins {
namespace {

Outcome<void> can_take_over(Host& host, const Installed& former, const Installed& present) {
  const std::string who = former.version + " cannot take over from " + present.version + ": ";
  if (!former.states.can_read(present.states))
    return problem(who + "it cannot read the data that " + present.version +
                       " writes, and data that " + present.version +
                       " has worked on must not be replaced by older ones",
                   ERP_E_CONFLICT);
  if (auto rehearsed = rehearse(host, former, present.enabled); !rehearsed)
    return problem(who + "tried on a copy of the present data, it " + rehearsed.error().message,
                   ERP_E_CONFLICT);
  return {};
}

} // namespace

Outcome<Changed> go_back(Host& host, const std::string& id) {
  const auto present = host.registry.need(id);
  if (!present) return tl::make_unexpected(present.error());
  const auto former = host.trials.former(id);
  if (!former)
    return problem("there is no version of " + id + " before " + present->version +
                       " to go back to; only `plugins upgrade` keeps one",
                   ERP_E_NOT_FOUND);
  const auto digest = loader::digest_of(host.folders.plugins() / former->library);
  if (!digest || *digest != former->sha256)
    return problem(id + " " + former->version +
                       " is no longer the file that was installed; it is not loaded",
                   ERP_E_DENIED);
  const auto hold = host.instances.hold(id, services::now_us() + letting_go_us_max);
  if (!hold) return tl::make_unexpected(hold.error());
  const bool unused = host.trials.begin_restoring(id);
  if (unused) {
    if (auto restored = restore_snapshot(host.folders, id); !restored)
      return tl::make_unexpected(restored.error());
  } else if (auto able = can_take_over(host, *former, *present); !able) {
    return tl::make_unexpected(able.error());
  }
  host.trials.go_back(id);
  discard_snapshot(host.folders, id);
  host.log.write(services::Level::info, id,
                 "back from " + present->version + " to " + former->version +
                     (unused ? ", with the data of before" : ", with the present data"));
  return Changed{*present, *former, unused};
}

Outcome<Changed> rollback(Host& host, const std::string& id) {
  const instances::Turn::Held turn(host.changing);
  auto changed = go_back(host, id);
  if (!changed) return changed;
  host.notices.clear(id, change_notice);
  sweep(host);
  return changed;
}

} // namespace host::plugins
