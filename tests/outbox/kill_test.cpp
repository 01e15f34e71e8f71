#include "filled_outbox.hpp"
#include "process/process.hpp"
#include "process/temporary_folder.hpp"
#include "seed.hpp"
#include "store/database.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <thread>

TEST_CASE("what was acknowledged before a kill is there afterwards, once") {
  std::mt19937_64 random(printed_seed());
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  std::set<int> acknowledged;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr int kills = 20; // each begins a slow process
#else
  constexpr int kills = 60;
#endif
  int next = 0;
  for (int kill = 0; kill < kills; ++kill) {
    process::Running recorder(OUTBOX_RECORDER, {path, std::to_string(next)});
    // Some die while they open the file, most while they record.
    if (kill % 5 != 0) {
      const auto line = recorder.next_line();
      REQUIRE(line);
      acknowledged.insert(std::stoi(*line));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
    recorder.kill_hard();
    while (const auto line = recorder.next_line())
      acknowledged.insert(std::stoi(*line));
    // As a host would: what was not acknowledged comes again.
    while (acknowledged.count(next))
      ++next;
  }
  qb::store::Database store(path);
  std::map<std::string, int> found;
  for (const auto& entry : all_entries(store))
    ++found[entry.event_id];
  for (const int number : acknowledged)
    CHECK(found["e-" + std::to_string(number)] == 1);
  for (const auto& [id, times] : found)
    CHECK(times == 1);
  // Each of the four threads can have recorded one event that it could not tell of.
  CHECK(found.size() <= acknowledged.size() + 4 * kills);
  MESSAGE("kills: ", kills, ", acknowledged: ", acknowledged.size());
}
