#include "outbox/outbox.hpp"
#include "outbox/pages.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

// What a hook costs: one durable record, against the raw disk in the same run. Ratios are what
// counts; the milliseconds belong to the machine.
namespace {

using Clock = std::chrono::steady_clock;

struct Times {
  std::vector<double> us;
  double at(double share) {
    std::sort(us.begin(), us.end());
    return us[static_cast<std::size_t>(share * static_cast<double>(us.size() - 1))];
  }
};

void print(const char* what, Times& times) {
  std::printf("%-44s p50 %8.1f us   p99 %8.1f us   p99.9 %8.1f us   max %8.1f us\n", what,
              times.at(0.5), times.at(0.99), times.at(0.999), times.at(1));
}

template <class Step>
void time(Times& times, Step&& step) {
  const auto before = Clock::now();
  step();
  times.us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - before).count());
}

qb::outbox::Entry event(int number, const std::string& run, const std::string& document) {
  qb::outbox::Entry entry;
  // Scattered, as the ids of most hosts are.
  entry.event_id = std::to_string(std::hash<std::string>()(run + std::to_string(number))) + "-" +
                   run + std::to_string(number);
  entry.kind = "po_ordered";
  entry.subject = "purchase_order/" + std::to_string(number) + run;
  entry.version = 1;
  entry.snapshot = document;
  entry.due_at = entry.recorded_at = 1'800'000'000'000'000 + number;
  entry.currency = "USD";
  entry.amount = "125.00";
  return entry;
}

class RawFile {
 public:
  explicit RawFile(const std::filesystem::path& path)
      : fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    const std::vector<char> megabytes(8 << 20, 'x');
    if (::pwrite(fd_, megabytes.data(), megabytes.size(), 0) < 0) std::perror("pwrite");
    ::fsync(fd_);
  }
  ~RawFile() { ::close(fd_); }
  void write_page(int number) {
    if (::pwrite(fd_, page_.data(), page_.size(), (number % 2048) * 4096L) < 0)
      std::perror("pwrite");
    ::fdatasync(fd_);
  }

 private:
  int fd_;
  std::vector<char> page_ = std::vector<char>(4096, 'y');
};

// Turn by turn, so that a slow minute of the machine hits both alike.
void one_thread(const std::filesystem::path& folder, int count, std::size_t document_bytes) {
  qb::store::Database database((folder / "one.db").string());
  qb::outbox::Outbox outbox(database);
  RawFile file(folder / "raw");
  const std::string document(document_bytes, 'd');
  Times raw, hook;
  for (int i = 0; i < count; ++i) {
    time(raw, [&] { file.write_page(i); });
    const auto entry = event(i, "one", document);
    time(hook, [&] { outbox.record(entry, true); });
  }
  print("raw 4 KiB pwrite + fdatasync", raw);
  print(("record, one thread, " + std::to_string(document_bytes) + " bytes").c_str(), hook);
  std::printf("%-44s p50 %8.2f      p99 %8.2f\n", "  hook / raw", hook.at(0.5) / raw.at(0.5),
              hook.at(0.99) / raw.at(0.99));
}

void many_threads(const std::filesystem::path& folder, int threads, int count_each) {
  qb::store::Database database((folder / ("many" + std::to_string(threads) + ".db")).string());
  qb::outbox::Outbox outbox(database);
  const std::string document(700, 'd');
  std::vector<Times> times(static_cast<std::size_t>(threads));
  std::vector<std::thread> running;
  const auto before = Clock::now();
  for (int t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      const std::string run = std::to_string(t) + "t";
      for (int i = 0; i < count_each; ++i) {
        const auto entry = event(i, run, document);
        time(times[static_cast<std::size_t>(t)], [&] { outbox.record(entry, true); });
      }
    });
  for (std::thread& thread : running)
    thread.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - before).count();
  Times all;
  for (const Times& one : times)
    all.us.insert(all.us.end(), one.us.begin(), one.us.end());
  print(("record, " + std::to_string(threads) + " threads").c_str(), all);
  std::printf("%-44s %8.0f events/s\n", "", threads * count_each / seconds);
}

void claiming(const std::filesystem::path& folder, int backlog) {
  const std::string path = (folder / ("backlog" + std::to_string(backlog) + ".db")).string();
  const std::string document(700, 'd');
  {
    qb::store::Database database(path);
    for (int i = 0; i < backlog;)
      database.write([&](qb::store::Connection& connection) {
        for (int end = std::min(i + 5000, backlog); i < end; ++i)
          qb::outbox::Outbox::record(connection, event(i, "b", document), true);
      });
  }
  Times opening;
  std::optional<qb::store::Database> database;
  time(opening, [&] { database.emplace(path); });
  qb::outbox::Outbox outbox(*database);
  Times record, claim, count, list, settle;
  for (int i = 0; i < 300; ++i)
    time(record, [&] { outbox.record(event(i, "late", document), true); });
  erp::Instant now = 1'800'000'001'000'000 + backlog;
  for (int i = 0; i < 30; ++i) {
    std::vector<qb::outbox::Entry> claimed;
    time(claim, [&] {
      database->write([&](qb::store::Connection& connection) {
        claimed = qb::outbox::Outbox::claim(connection, now, now + 300'000'000, 30);
      });
    });
    time(count, [&] { outbox.counts(); });
    for (const auto& entry : claimed)
      time(settle, [&] {
        database->write([&](qb::store::Connection& connection) {
          qb::outbox::Outbox::settle(connection, entry.id, "", now);
        });
      });
  }
  for (int i = 0; i < 10; ++i)
    time(list, [&] {
      qb::outbox::Pages(*database).before({.open_only = true}, qb::outbox::Pages::newest);
    });
  const std::string behind = ", backlog " + std::to_string(backlog);
  print(("open" + behind).c_str(), opening);
  print(("record" + behind).c_str(), record);
  print(("claim 30" + behind).c_str(), claim);
  print(("settle" + behind).c_str(), settle);
  print(("counts" + behind).c_str(), count);
  print(("first page of the open" + behind).c_str(), list);
}

} // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : "bench-store";
  const int count = argc > 2 ? std::atoi(argv[2]) : 4000;
  std::filesystem::create_directories(folder);
  one_thread(folder, count, 700);
  std::filesystem::remove(folder / "one.db");
  one_thread(folder, count, 3000);
  many_threads(folder, 16, count / 2);
  many_threads(folder, 8, count / 2);
  claiming(folder, 1000);
  claiming(folder, 100'000);
  std::filesystem::remove_all(folder);
}
