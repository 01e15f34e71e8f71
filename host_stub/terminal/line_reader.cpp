#include "terminal/line_reader.hpp"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace host::terminal {

bool LineReader::fill() {
  if (taken_ > 0) {
    buffer_.erase(0, taken_);
    searched_ -= taken_;
    taken_ = 0;
  }
  while (true) {
    pollfd polled[2] = {{fd_, POLLIN, 0}, {cancel_.fd(), POLLIN, 0}};
    poll(polled, 2, -1);
    if (cancel_.triggered()) break;
    char bytes[65536];
    const ssize_t count = read(fd_, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    failed_ = count < 0;
    if (count <= 0) break;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }
  at_end_ = true;
  return false;
}

LineReader::Got LineReader::next(std::string& line, bool wait) {
  while (true) {
    const std::size_t newline = buffer_.find('\n', searched_);
    const bool rest = at_end_ && !failed_ && !cancel_.triggered() && taken_ < buffer_.size();
    if (newline != std::string::npos || (rest && newline == std::string::npos)) {
      const std::size_t end = newline != std::string::npos ? newline : buffer_.size();
      line.assign(buffer_, taken_, end - taken_);
      taken_ = searched_ = newline != std::string::npos ? end + 1 : end;
      ++number_;
      const bool too_long = skipping_;
      skipping_ = false;
      return too_long ? Got::too_long : Got::line;
    }
    if (at_end_) return failed_ ? Got::failed : Got::end;
    searched_ = buffer_.size();
    if (buffer_.size() - taken_ > line_length_max_bytes) {
      skipping_ = true; // its end is still looked for
      taken_ = buffer_.size();
    }
    pollfd polled{fd_, POLLIN, 0};
    if (!wait && poll(&polled, 1, 0) == 0) return Got::nothing_yet;
    fill();
  }
}

} // namespace host::terminal
