#pragma once

#include "validate/check.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace host::validate {

struct Judged {
  const Check* check = nullptr;
  Finding finding;
  std::chrono::milliseconds took{0};
};

// In a process of its own: this program run anew. `settings_file` is empty if there is none.
// Any thread; at most `time_max`.
Judged run_apart(const Check& check, const Subject& subject, const std::string& settings_file,
                 std::chrono::milliseconds time_max);
// Here and now, for a debugger: a crash is a crash, a hang a hang.
Judged run_here(const Check& check, const Subject& subject);

// The other side of run_apart(): for main() to ask before anything else. The exit code, if this
// process was started to run one check; else nothing.
std::optional<int> check_if_asked(int argc, char** argv);

} // namespace host::validate
