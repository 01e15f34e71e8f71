#include "company/turns.hpp"

namespace qb::company {

Turns::Person::Person(Turns& turns, std::chrono::microseconds patience) : turns_(turns) {
  std::unique_lock lock(turns_.mutex_);
  ++turns_.persons_waiting_;
  turns_.changed_.wait_for(lock, patience, [&] { return turns_.ended_ || !turns_.taken_; });
  --turns_.persons_waiting_;
  has_it_ = !turns_.ended_ && !turns_.taken_;
  if (has_it_) {
    turns_.taken_ = true;
    ++turns_.inside_;
  }
  turns_.changed_.notify_all(); // the job may have waited for us to give up
}

Turns::Person::~Person() {
  if (!has_it_) return;
  const std::lock_guard lock(turns_.mutex_);
  turns_.taken_ = false;
  --turns_.inside_;
  turns_.changed_.notify_all();
}

Turns::Job::Job(Turns& turns, std::chrono::microseconds time)
    : turns_(turns), until_(std::chrono::steady_clock::now() + time) {
  std::unique_lock lock(turns_.mutex_);
  turns_.changed_.wait_until(lock, until_, [&] { return turns_.ended_ || turns_.free_for_job(); });
  if (turns_.ended_ || !turns_.free_for_job()) return;
  is_inside_ = has_it_ = turns_.taken_ = true;
  ++turns_.inside_;
}

Turns::Job::~Job() {
  if (!is_inside_) return;
  const std::lock_guard lock(turns_.mutex_);
  if (has_it_) turns_.taken_ = false;
  --turns_.inside_;
  turns_.changed_.notify_all();
}

bool Turns::Job::give_way() {
  std::unique_lock lock(turns_.mutex_);
  if (!has_it_ || turns_.ended_) return false;
  if (turns_.persons_waiting_ > 0) {
    has_it_ = turns_.taken_ = false;
    turns_.changed_.notify_all();
    turns_.changed_.wait_until(lock, until_,
                               [&] { return turns_.ended_ || turns_.free_for_job(); });
    if (turns_.ended_ || !turns_.free_for_job()) return false;
    has_it_ = turns_.taken_ = true;
  }
  return std::chrono::steady_clock::now() < until_;
}

bool Turns::end(std::chrono::microseconds patience) {
  std::unique_lock lock(mutex_);
  ended_ = true;
  changed_.notify_all();
  return changed_.wait_for(lock, patience, [&] { return inside_ == 0; });
}

} // namespace qb::company
