#pragma once

#include "home/folders.hpp"

// A plugin's data folder, its secrets (sealed as they are) and its settings, as they were before an
// upgrade: DIR/upgrades/<id>/snapshot. Nobody uses the plugin meanwhile.
namespace host::plugins {

// Durable when it returns. ERP_E_STORAGE.
Outcome<void> take_snapshot(const home::Folders& folders, const std::string& id);

// Puts it back, over whatever is there; may be done again from the start after a crash, and leaves
// the snapshot where it is. Only for a plugin that was not used since: see Trials::begin_restoring.
Outcome<void> restore_snapshot(const home::Folders& folders, const std::string& id);

// With everything else that the upgrade left in DIR/upgrades/<id>.
void discard_snapshot(const home::Folders& folders, const std::string& id);

// Data, secrets and settings of a plugin into another home, which has none of it.
Outcome<void> copy_belongings(const home::Folders& from, const home::Folders& to,
                              const std::string& id);

} // namespace host::plugins
