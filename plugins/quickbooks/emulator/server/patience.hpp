#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace emulator::server {

// Waiting that a shutdown can end. Any thread.
class Patience {
 public:
  // False: the shutdown has come.
  bool wait(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    if (time.count() > 0) ended_changed_.wait_for(lock, time, [this] { return ended_; });
    return !ended_;
  }
  void end() {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    ended_changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_changed_;
  bool ended_ = false;
};

} // namespace emulator::server
