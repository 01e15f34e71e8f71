#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace qb::company {

// One conversation with QuickBooks at a time. A person comes before the job: the job gives way
// between two calls, so that a person waits for the one that is under way, at most. Threads: any.
class Turns {
 public:
  class Person {
   public:
    explicit Person(Turns& turns); // waits
    Person(Turns& turns, std::chrono::microseconds patience);
    ~Person();
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;
    bool has_it() const { return has_it_; }
    void give_way() {} // to nobody

   private:
    Turns& turns_;
    bool has_it_ = false;
  };

  class Job {
   public:
    explicit Job(Turns& turns); // waits
    ~Job();
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    // Lets the persons in that wait, and returns when they are done.
    void give_way();

   private:
    Turns& turns_;
  };

 private:
  void leave();
  bool free_for_job() const { return !taken_ && persons_waiting_ == 0; }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool taken_ = false;
  int persons_waiting_ = 0;
};

} // namespace qb::company
