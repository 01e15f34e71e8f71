#include "terminal/terminal.hpp"

#include <algorithm>
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

bool Terminal::in_is_screen() const {
  return in_ && isatty(in_.get());
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

namespace {

// The length of the UTF-8 sequence that begins `text`, and its number; 0: there is none.
std::pair<std::size_t, char32_t> first_of(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80             ? 1
                             : (lead & 0xe0) == 0xc0 ? 2
                             : (lead & 0xf0) == 0xe0 ? 3
                             : (lead & 0xf8) == 0xf0 ? 4
                                                     : 0;
  if (length == 0 || length > text.size()) return {0, 0};
  char32_t number = length == 1 ? lead : lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {0, 0};
    number = (number << 6) | (byte(i) & 0x3fu);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return number < least[length] ? std::pair<std::size_t, char32_t>{0, 0}
                                : std::pair{length, number};
}

// Moves the cursor, changes colours, or turns the order of the letters around.
bool steers(char32_t number) {
  return number < 0x20 || (number >= 0x7f && number < 0xa0) || number == 0x61c ||
         number == 0x200e || number == 0x200f || (number >= 0x202a && number <= 0x202e) ||
         (number >= 0x2066 && number <= 0x2069);
}

std::string without_steering(std::string_view text, bool keep_lines) {
  std::string result;
  while (!text.empty()) {
    const auto [length, number] = first_of(text);
    const bool is_kept = keep_lines && number == '\n';
    if (length == 0 || (steers(number) && !is_kept))
      result += '?';
    else
      result += text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

} // namespace

std::string shown(std::string_view text) {
  return without_steering(text, false);
}
std::string shown_lines(std::string_view text) {
  return without_steering(text, true);
}

} // namespace host::terminal
