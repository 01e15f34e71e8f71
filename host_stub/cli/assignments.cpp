#include "cli/assignments.hpp"

#include "home/descriptor.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>

namespace host::cli {
namespace {

constexpr std::size_t value_length_max_bytes = 64 * 1024;

Outcome<std::string> read_value(int fd, const std::string& from) {
  std::string text;
  char buffer[4096];
  while (true) {
    const ssize_t count = read(fd, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return problem("cannot read " + from + ": " + std::strerror(errno));
    if (count == 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > value_length_max_bytes) return problem(from + " is too long for a setting");
  }
  // The newline an editor or `echo` puts behind it is not part of the value.
  if (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty() && text.back() == '\r') text.pop_back();
  if (text.empty()) return problem(from + " is empty");
  return text;
}

} // namespace

Outcome<std::vector<Assignment>> read_assignments(
    const std::vector<std::string>& words, const terminal::Terminal& terminal,
    const std::function<Outcome<void>(const std::string& name, const std::string& value)>&
        check_name) {
  std::vector<Assignment> result;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return problem("\"" + word + "\" is no key=value");
    Assignment assignment{word.substr(0, equals), word.substr(equals + 1), false};
    if (auto known = check_name(assignment.name, assignment.value); !known)
      return tl::make_unexpected(known.error());
    Outcome<std::string> value = assignment.value;
    if (assignment.value == "-") {
      value = read_value(terminal.in(), "standard input");
    } else if (assignment.value.rfind("@", 0) == 0) {
      const auto file = terminal.resolve(assignment.value.substr(1));
      const home::Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC));
      value = fd ? read_value(fd.get(), file.string())
                 : problem("cannot read " + file.string() + ": " + std::strerror(errno));
    } else {
      assignment.in_the_open = true;
    }
    if (!value) return tl::make_unexpected(value.error());
    assignment.value = *value;
    result.push_back(std::move(assignment));
  }
  return result;
}

} // namespace host::cli
