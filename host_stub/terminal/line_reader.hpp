#pragma once

#include "terminal/cancel.hpp"

#include <cstdint>
#include <string>

namespace host::terminal {

constexpr std::size_t line_length_max_bytes = 64 * 1024 * 1024;

// Lines of a file, pipe or screen, without their newline.
class LineReader {
 public:
  explicit LineReader(int fd, const Cancel& cancel) : fd_(fd), cancel_(cancel) {}

  enum class Got { line, too_long, end, nothing_yet, failed };
  // `wait` false: nothing_yet instead of waiting for a slow writer. A triggered cancel is the end.
  Got next(std::string& line, bool wait);
  std::int64_t number() const { return number_; } // of the line got last, from 1

 private:
  bool fill(); // false: the end, or a failure
  int fd_;
  const Cancel& cancel_;
  std::string buffer_;
  std::size_t taken_ = 0, searched_ = 0;
  std::int64_t number_ = 0;
  bool at_end_ = false, failed_ = false, skipping_ = false;
};

} // namespace host::terminal
