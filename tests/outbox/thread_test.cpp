#include "filled_outbox.hpp"

#include <atomic>
#include <set>
#include <thread>

using qb::outbox::Outbox;
using qb::outbox::Recorded;

TEST_CASE("sixteen hooks at once, with the job running, lose nothing and double nothing") {
  FilledOutbox box;
  constexpr int threads = 16, each = 40;
  std::atomic<int> fresh = 0, duplicates = 0;
  std::atomic<bool> done = false;
  std::thread job([&] {
    while (!done) {
      std::vector<qb::outbox::Entry> claimed;
      box.store.write([&](auto& c) {
        claimed = Outbox::claim(c, FilledOutbox::noon, FilledOutbox::noon + 1, 30);
      });
      box.store.write([&](auto& c) {
        for (const auto& entry : claimed)
          Outbox::settle(c, entry.id, "", FilledOutbox::noon);
      });
      box.outbox.counts();
    }
  });
  std::vector<std::thread> hooks;
  for (int t = 0; t < threads; ++t)
    hooks.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        // Two threads record each event: the host delivers at least once.
        const std::string id = std::to_string(t / 2) + "-" + std::to_string(i);
        const auto recorded = box.outbox.record(FilledOutbox::event("e-" + id, "part/" + id), true);
        ++(recorded == Recorded::fresh ? fresh : duplicates);
      }
    });
  for (std::thread& hook : hooks)
    hook.join();
  done = true;
  job.join();
  CHECK(fresh == threads / 2 * each);
  CHECK(duplicates == threads / 2 * each);
  std::set<std::string> ids;
  for (const auto& entry : all_entries(box.store))
    CHECK(ids.insert(entry.event_id).second);
  CHECK(ids.size() == static_cast<std::size_t>(threads / 2 * each));
}
