#pragma once

#include "settings/schema.hpp"
#include "terminal/terminal.hpp"

#include <functional>

namespace host::cli {

struct Assignment {
  std::string name, value;
  bool in_the_open = false; // the value itself stood on the command line
};

// Takes "key=value", "key=@FILE" and "key=-" apart. `check_name` is asked before a value is
// read from elsewhere; `value` is as it stands on the line.
Outcome<std::vector<Assignment>> read_assignments(
    const std::vector<std::string>& words, const terminal::Terminal& terminal,
    const std::function<Outcome<void>(const std::string& name, const std::string& value)>&
        check_name);

} // namespace host::cli
