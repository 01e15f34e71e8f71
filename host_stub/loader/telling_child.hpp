#pragma once

#include "home/descriptor.hpp"
#include "loader/child.hpp"

namespace host::loader {

// A Child that says how it gets on, a line at a time, where the library in it cannot disturb: it
// may print what it likes to standard output and standard error.
class TellingChild {
 public:
  // `words` are its arguments. Null: no process could be started.
  static std::unique_ptr<TellingChild> start(const std::vector<std::string>& words);

  enum class Heard { line, end, nothing };
  // `nothing`: neither a line nor the end came before the deadline. `end`: it says no more, or
  // something longer than any answer of ours.
  Heard next_line(std::string& line, Child::Clock::time_point deadline);
  // The status of waitpid(); nullopt: it still runs.
  std::optional<int> wait_until(Child::Clock::time_point deadline) {
    return child_->wait_until(deadline);
  }

 private:
  TellingChild(std::unique_ptr<Child> child, home::Descriptor from_child)
      : child_(std::move(child)), from_child_(std::move(from_child)) {}
  std::unique_ptr<Child> child_;
  home::Descriptor from_child_;
  std::string heard_;
};

// In such a child: says a line.
void tell_parent(const std::string& line);

} // namespace host::loader
