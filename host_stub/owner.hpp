#pragma once

#include "cli/command.hpp"
#include "home/folders.hpp"

namespace host {

// Runs the command as the owner of the home, and those that others send meanwhile. The caller
// holds the owner lock and has started no thread. Answers the exit code.
int run_as_owner(const home::Folders& folders, const cli::Arguments& arguments);

} // namespace host
