#pragma once

#include "cli/command.hpp"

#include <tl/expected.hpp>

namespace host::cli {

// `words`: the command line without the program's name.
tl::expected<Arguments, NoCommand> parse(std::vector<std::string> words);

} // namespace host::cli
