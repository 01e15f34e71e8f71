#pragma once

#include "cli/session.hpp"
#include "marketplace/index.hpp"

namespace host::cli {

// Writes down what the marketplace withdrew, disables what of it is installed and tells people.
// Answers the exit code.
int withdraw_revoked(const Session& session, const marketplace::Index& index);

// After a version was put in the place of a withdrawn one.
void clear_withdrawal(const Session& session, const std::string& id);

} // namespace host::cli
