#pragma once

#include "cli/session.hpp"

namespace host::cli {

// How far an installed plugin can be trusted, and why not: "verified", "side-loaded", "unsigned";
// "modified" and "revoked" are not loaded.
std::string state_of(const Session& session, const plugins::Installed& plugin);

} // namespace host::cli
