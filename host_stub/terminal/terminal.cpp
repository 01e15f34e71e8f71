#include "terminal/terminal.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>

namespace host::terminal {

Terminal::Terminal(home::Descriptor in, home::Descriptor out, home::Descriptor err,
                   std::filesystem::path folder)
    : in_(std::move(in)), out_(std::move(out)), err_(std::move(err)), folder_(std::move(folder)) {}

Terminal Terminal::own() {
  std::error_code ignored;
  const auto copy_of = [](int fd) { return home::Descriptor(fcntl(fd, F_DUPFD_CLOEXEC, 3)); };
  return Terminal(copy_of(0), copy_of(1), copy_of(2), std::filesystem::current_path(ignored));
}

void Terminal::out(std::string_view text) {
  write(out_.get(), text);
}
void Terminal::err(std::string_view text) {
  write(err_.get(), text);
}

bool Terminal::err_is_screen() const {
  return err_ && isatty(err_.get());
}

void Terminal::write(int fd, std::string_view text) {
  const std::lock_guard lock(writing_);
  while (fd >= 0 && !text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd polled{fd, POLLOUT, 0};
      poll(&polled, 1, 1000);
    } else if (errno != EINTR) {
      return;
    }
  }
}

std::string shown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return result;
}

} // namespace host::terminal
