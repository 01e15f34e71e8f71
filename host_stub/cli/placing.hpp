#pragma once

#include "cli/session.hpp"
#include "plugins/stage.hpp"

namespace host::cli {

// Each says what came of it and answers the exit code.
int place(const Session& session, const plugins::ToInstall& what);   // installs it
int replace(const Session& session, const plugins::ToInstall& what); // upgrades to it
int go_back(const Session& session, const std::string& id);          // to the version before

} // namespace host::cli
