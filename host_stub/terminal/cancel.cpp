#include "terminal/cancel.hpp"

#include <cstdint>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>

namespace host::terminal {

Cancel::Cancel() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_) throw std::runtime_error("the system has no event descriptor left");
}

void Cancel::trigger() {
  triggered_.store(true);
  const std::uint64_t one = 1;
  (void)!::write(event_.get(), &one, sizeof one);
}

bool Cancel::wait_for(std::chrono::milliseconds time) const {
  pollfd polled{event_.get(), POLLIN, 0};
  if (!triggered() && time.count() > 0) poll(&polled, 1, static_cast<int>(time.count()));
  return triggered();
}

} // namespace host::terminal
