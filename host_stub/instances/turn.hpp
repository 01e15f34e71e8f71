#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace host::instances {

// One at a time, in the order they came. Not a lock a plugin could meet: no service of the host
// waits for a turn, so a plugin may be called by whoever has one (rule R6).
class Turn {
 public:
  class Held {
   public:
    explicit Held(Turn& turn) : turn_(turn) { turn_.enter(); }
    ~Held() { turn_.leave(); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    Turn& turn_;
  };

 private:
  void enter() {
    std::unique_lock lock(mutex_);
    const std::uint64_t mine = next_++;
    changed_.wait(lock, [&] { return mine == serving_; });
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    ++serving_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0, serving_ = 0;
};

} // namespace host::instances
