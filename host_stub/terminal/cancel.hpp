#pragma once

#include "home/descriptor.hpp"

#include <atomic>
#include <chrono>

namespace host::terminal {

// Says to the work of one command that nobody wants it any more: Ctrl-C, or its caller has gone.
// Any thread may trigger and ask.
class Cancel {
 public:
  Cancel();
  void trigger();
  bool triggered() const { return triggered_.load(); }
  // Readable once triggered; for poll().
  int fd() const { return event_.get(); }
  // Sleeps; true if it was triggered before the time was over.
  bool wait_for(std::chrono::milliseconds time) const;

 private:
  std::atomic<bool> triggered_{false};
  home::Descriptor event_;
};

} // namespace host::terminal
