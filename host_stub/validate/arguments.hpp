#pragma once

#include <optional>
#include <string>
#include <vector>

namespace host::validate {

// `plugins validate` and `plugins explain`: they need no home and run in the caller's process. The
// exit code (0: nothing failed, 2: something did, 1: usage), or nothing if `words` ask for
// something else. `words`: the command line without the program's name.
std::optional<int> validate_if_asked(const std::vector<std::string>& words);

} // namespace host::validate
