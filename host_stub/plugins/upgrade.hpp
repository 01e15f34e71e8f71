#pragma once

#include "plugins/install.hpp"

namespace host {
class Host;
}

namespace host::plugins {

// How long the version that works now may take to let go of what it is doing.
constexpr std::int64_t letting_go_us_max = 30'000'000;

struct Changed {
  Installed before, now;
  bool snapshot_restored = false; // rollback(): the data are those of before the upgrade
};

// Replaces a plugin that is installed by a newer version of it, which is then on trial. The old one
// works until the new one was staged as for an install, and is not removed. Then events wait; data,
// secrets and settings are copied away; the new version is rehearsed (see rehearse()), and only
// then activated. After a problem the old version works on as if nothing had been, and people are
// told by a notice. ERP_E_CONFLICT: it is no newer version. One at a time; takes up to some
// minutes.
Outcome<Changed> upgrade(Host& host, const ToInstall& what, std::int64_t now);

// Back to the version before. If the present one was not used yet, its data become those of before
// the upgrade. If it was, the data stay, and the version before must be able to work with them: it
// is rehearsed on a copy of them; after a problem the present version stays. What was done outside
// this machine is never forgotten: see docs/adr/0017. ERP_E_NOT_FOUND: there is none before.
Outcome<Changed> rollback(Host& host, const std::string& id);

} // namespace host::plugins
