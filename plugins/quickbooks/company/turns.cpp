#include "company/turns.hpp"

namespace qb::company {

Turns::Person::Person(Turns& turns) : turns_(turns) {
  std::unique_lock lock(turns_.mutex_);
  ++turns_.persons_waiting_;
  turns_.changed_.wait(lock, [&] { return !turns_.taken_; });
  --turns_.persons_waiting_;
  has_it_ = turns_.taken_ = true;
}

Turns::Person::Person(Turns& turns, std::chrono::microseconds patience) : turns_(turns) {
  std::unique_lock lock(turns_.mutex_);
  ++turns_.persons_waiting_;
  has_it_ = turns_.changed_.wait_for(lock, patience, [&] { return !turns_.taken_; });
  --turns_.persons_waiting_;
  if (has_it_) turns_.taken_ = true;
  turns_.changed_.notify_all(); // the job may have waited for us to give up
}

Turns::Person::~Person() {
  if (has_it_) turns_.leave();
}

Turns::Job::Job(Turns& turns) : turns_(turns) {
  std::unique_lock lock(turns_.mutex_);
  turns_.changed_.wait(lock, [&] { return turns_.free_for_job(); });
  turns_.taken_ = true;
}

Turns::Job::~Job() {
  turns_.leave();
}

void Turns::Job::give_way() {
  std::unique_lock lock(turns_.mutex_);
  if (turns_.persons_waiting_ == 0) return;
  turns_.taken_ = false;
  turns_.changed_.notify_all();
  turns_.changed_.wait(lock, [&] { return turns_.free_for_job(); });
  turns_.taken_ = true;
}

void Turns::leave() {
  const std::lock_guard lock(mutex_);
  taken_ = false;
  changed_.notify_all();
}

} // namespace qb::company
