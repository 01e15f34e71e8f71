#pragma once

#include "validate/finding.hpp"

#include <string>

// How a check in a process of its own tells the one that waits for it: lines on a file that is
// open as descriptor 3. What a plugin prints never gets in between.
namespace host::validate {

constexpr int progress_fd = 3;

// From now on step() and tell() write to progress_fd; before, they do nothing.
void report_progress();
// What is being done, so that a crash or a hang can be told where it happened.
void step(const std::string& doing);
void tell(const Finding& finding);
// For signal handlers: `line` ends with a newline. Async-signal-safe.
void note_from_handler(const char* line, std::size_t size);

struct Progress {
  std::string last_step, note;
  bool has_finding = false;
  Finding finding;
};
Progress read_progress(const std::string& text);

} // namespace host::validate
