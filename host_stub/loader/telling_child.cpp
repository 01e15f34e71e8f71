#include "loader/telling_child.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace host::loader {
namespace {

using home::Descriptor;

constexpr int answer_fd = 3;
constexpr std::size_t line_length_max_bytes = 64 * 1024;

} // namespace

std::unique_ptr<TellingChild> TellingChild::start(const std::vector<std::string>& words) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return nullptr;
  Descriptor read_end(ends[0]);
  const Descriptor write_end(ends[1]);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, write_end.get(), answer_fd);
  posix_spawn_file_actions_addclosefrom_np(&files, answer_fd + 1);
  std::vector<std::string> all{"erp-host"};
  all.insert(all.end(), words.begin(), words.end());
  auto child = Child::start(std::move(all), files);
  posix_spawn_file_actions_destroy(&files);
  return std::unique_ptr<TellingChild>(
      child ? new TellingChild(std::move(child), std::move(read_end)) : nullptr);
}

TellingChild::Heard TellingChild::next_line(std::string& line, Child::Clock::time_point deadline) {
  while (true) {
    if (const auto end = heard_.find('\n'); end != std::string::npos) {
      line = heard_.substr(0, end);
      heard_.erase(0, end + 1);
      return Heard::line;
    }
    if (heard_.size() > line_length_max_bytes) return Heard::end;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Child::Clock::now());
    pollfd waiting{from_child_.get(), POLLIN, 0};
    const int ready = left.count() <= 0 ? 0 : poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready == 0) return Heard::nothing;
    char buffer[4096];
    const ssize_t count = ready < 0 ? -1 : read(from_child_.get(), buffer, sizeof buffer);
    if (count > 0)
      heard_.append(buffer, static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
      return Heard::end;
  }
}

void tell_parent(const std::string& line) {
  const std::string text = line + "\n";
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t count = write(answer_fd, text.data() + at, text.size() - at);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) at += static_cast<std::size_t>(count);
  }
}

} // namespace host::loader
