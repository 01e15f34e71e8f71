#include "company/turns.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <future>
#include <thread>

using qb::company::Turns;
using namespace std::chrono_literals;

namespace {

constexpr auto long_enough = 30s; // for what happens at once
constexpr auto at_once = 0us;

// A job on a thread of its own, which gives way until it is told to go or has lost its turn.
class Working {
 public:
  explicit Working(Turns& turns, std::chrono::microseconds time = long_enough)
      : thread_([this, &turns, time] {
          Turns::Job job(turns, time);
          began_.set_value(job.has_it());
          while (job.has_it() && !told_to_go_ && job.give_way())
            std::this_thread::yield();
          has_it_at_the_end_ = job.has_it();
        }) {}
  ~Working() { join(); }
  bool began() { return began_.get_future().get(); }
  void join() {
    told_to_go_ = true;
    if (thread_.joinable()) thread_.join();
  }
  bool had_it_at_the_end() const { return has_it_at_the_end_; }

 private:
  std::promise<bool> began_;
  std::atomic<bool> told_to_go_{false}, has_it_at_the_end_{false};
  std::thread thread_;
};

} // namespace

TEST_CASE("the end waits for a job that has given way and would come back") {
  Turns turns;
  Working job(turns);
  REQUIRE(job.began());
  {
    const Turns::Person person(turns, long_enough);
    REQUIRE(person.has_it()); // so the job waits for it to leave
    CHECK_FALSE(turns.end(at_once));
  }
  CHECK(turns.end(long_enough));
  job.join();
  CHECK_FALSE(job.had_it_at_the_end());
}

TEST_CASE("after the end nobody is let in, and who waited goes away") {
  Turns turns;
  {
    const Turns::Person inside(turns, at_once);
    REQUIRE(inside.has_it());
    std::promise<void> waits;
    std::thread waiting([&] {
      waits.set_value();
      const Turns::Person late(turns, long_enough);
      CHECK_FALSE(late.has_it());
    });
    waits.get_future().wait();
    CHECK_FALSE(turns.end(at_once));
    waiting.join();
  }
  CHECK(turns.end(at_once));
  CHECK_FALSE(Turns::Person(turns, long_enough).has_it());
  CHECK_FALSE(Turns::Job(turns, long_enough).has_it());
}

TEST_CASE("a job whose time is over before it gets its turn back goes on without one") {
  Turns turns;
  Working job(turns, 2s);
  REQUIRE(job.began());
  const Turns::Person person(turns, long_enough);
  REQUIRE(person.has_it());
  job.join(); // would hang if the wait had no end
  CHECK_FALSE(job.had_it_at_the_end());
}

TEST_CASE("a job waits for its turn no longer than its time") {
  Turns turns;
  const Turns::Person person(turns, at_once);
  CHECK_FALSE(Turns::Job(turns, at_once).has_it());
  CHECK_FALSE(Turns::Person(turns, at_once).has_it());
}

TEST_CASE("a person comes before the job") {
  Turns turns;
  Working job(turns);
  REQUIRE(job.began());
  for (int i = 0; i < 100; ++i)
    CHECK(Turns::Person(turns, long_enough).has_it());
  job.join();
  CHECK(job.had_it_at_the_end());
}
