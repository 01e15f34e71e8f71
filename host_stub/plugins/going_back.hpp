#pragma once

#include "plugins/upgrade.hpp"

namespace host::plugins {

// The work of rollback(): the caller has the turn Host::changing, and tells people.
Outcome<Changed> go_back(Host& host, const std::string& id);

} // namespace host::plugins
