#pragma once

#include "home/descriptor.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace host::terminal {

// Where a command reads and writes: this process's own streams, or those of the process that sent
// the command. Writing is for any thread; a reader that went away is not an error.
class Terminal {
 public:
  // `folder`: what relative paths of the command line stand on.
  Terminal(home::Descriptor in, home::Descriptor out, home::Descriptor err,
           std::filesystem::path folder);
  static Terminal own(); // of duplicates of this process's descriptors

  int in() const { return in_.get(); }
  void out(std::string_view text); // unbuffered: what is written can be read at once
  void err(std::string_view text);
  bool in_is_screen() const; // a person can be asked
  bool err_is_screen() const;
  std::filesystem::path resolve(const std::filesystem::path& path) const { return folder_ / path; }

 private:
  void write(int fd, std::string_view text);

  home::Descriptor in_, out_, err_;
  std::filesystem::path folder_;
  std::mutex writing_;
};

// Control characters, marks that turn the order of letters around and what is no UTF-8 replaced, so
// that text from outside cannot steer the screen.
std::string shown(std::string_view text);
// The same for several lines: they stay lines.
std::string shown_lines(std::string_view text);

} // namespace host::terminal
