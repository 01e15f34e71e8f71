#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace emulator::server {

// Waiting that a shutdown can end. Any thread.
class Patience {
 public:
  void wait(std::chrono::milliseconds time) {
    if (time.count() <= 0) return;
    std::unique_lock lock(mutex_);
    ended_changed_.wait_for(lock, time, [this] { return ended_; });
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
