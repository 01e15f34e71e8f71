#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace qb::company {

// One conversation with QuickBooks at a time. A person comes before the job: the job gives way
// between two calls, so that a person waits for the one that is under way, at most. Every wait has
// an end. Threads: any.
class Turns {
 public:
  class Person {
   public:
    // Waits so long, or until all ends.
    Person(Turns& turns, std::chrono::microseconds patience);
    ~Person();
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;
    bool has_it() const { return has_it_; }
    bool give_way() const { return has_it_; } // to nobody

   private:
    Turns& turns_;
    bool has_it_ = false;
  };

  class Job {
   public:
    // Waits; `time` is for this and for every give_way() together.
    Job(Turns& turns, std::chrono::microseconds time);
    ~Job();
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    bool has_it() const { return has_it_; }
    // Lets the persons in that wait, and returns when they are done. False: its time is over or all
    // ends; it may not talk to QuickBooks any more.
    bool give_way();

   private:
    Turns& turns_;
    const std::chrono::steady_clock::time_point until_;
    bool is_inside_ = false, has_it_ = false;
  };

  // Nobody is let in any more, and who waits goes away without a turn. Returns when everybody who
  // was inside has left, a job that gives way included; false: that took longer than `patience`.
  bool end(std::chrono::microseconds patience);

 private:
  bool free_for_job() const { return !taken_ && persons_waiting_ == 0; }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool taken_ = false, ended_ = false;
  int persons_waiting_ = 0;
  int inside_ = 0; // who has a turn, or had one and comes back
};

} // namespace qb::company
