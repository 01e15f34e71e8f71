#include "outbox/outbox.hpp"
#include "store/database.hpp"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

// recorder FILE FIRST: four threads record the events FIRST, FIRST + 1, ... and print each number
// when it is acknowledged, until somebody kills them.
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  qb::store::Database store(argv[1]);
  qb::outbox::Outbox outbox(store);
  const int first = std::atoi(argv[2]);
  std::mutex output;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int number = first + t;; number += 4) {
        qb::outbox::Entry entry;
        entry.event_id = "e-" + std::to_string(number);
        entry.kind = "part_saved";
        entry.subject = "part/" + std::to_string(number % 7);
        entry.snapshot = std::string(static_cast<std::size_t>(number * 37 % 9000), 's');
        if (outbox.record(entry, false) == qb::outbox::Recorded::conflict) std::abort();
        const std::lock_guard lock(output);
        std::printf("%d\n", number);
        std::fflush(stdout);
      }
    });
  for (std::thread& thread : threads)
    thread.join();
}
