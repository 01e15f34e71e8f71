#include "lossy_disk.hpp"
#include "process/temporary_folder.hpp"
#include "seed.hpp"
#include "store/database.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <set>
#include <sys/resource.h>

using qb::store::Connection;
using qb::store::Database;
using qb::store::Query;
using qb::store::Trouble;

namespace {

void put(Database& database, int number, std::size_t bytes = 100) {
  database.write_promptly([&](Connection& connection) {
    connection.run("INSERT INTO facts (name, value) VALUES (?1, ?2)", std::to_string(number),
                   std::string(bytes, 'v'));
  });
}

std::set<int> numbers(Database& database) {
  std::set<int> found;
  database.read([&](Connection& connection) {
    Query query(connection, "SELECT name FROM facts");
    while (query.step())
      found.insert(std::stoi(query.text(0)));
  });
  return found;
}

std::set<int> first(int count) {
  std::set<int> all;
  for (int i = 0; i < count; ++i)
    all.insert(i);
  return all;
}

bool includes(const std::set<int>& all, const std::set<int>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

// What is there after the power comes back.
std::set<int> after_power_cut(const lossy::Image& image, std::mt19937& random) {
  process::TemporaryFolder folder;
  lossy::power_cut(image, folder.path(), random);
  SQLite::Database database((folder / "a.db").string(), SQLite::OPEN_READWRITE, 0, "unix");
  database.exec("PRAGMA synchronous = OFF");
  CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
  std::set<int> found;
  if (database.execAndGet("SELECT count(*) FROM sqlite_schema WHERE name = 'facts'").getInt() == 0)
    return found;
  const auto list =
      database.execAndGet("SELECT coalesce(group_concat(name), '') FROM facts").getString();
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    found.insert(std::stoi(list.substr(at, end - at)));
    at = end + 1;
  }
  return found;
}

// The largest file this process may write, while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

} // namespace

TEST_CASE("a power cut at any moment loses nothing that was acknowledged") {
  std::mt19937 random(static_cast<unsigned>(printed_seed()));
  process::TemporaryFolder folder;
  lossy::Disk disk;
  struct Cut {
    lossy::Image image;
    int acknowledged;
  };
  int acknowledged = 0, cuts = 0;
  {
    Database database((folder / "a.db").string());
    disk.before_each([&] {
      if (random() % 25 != 0) return;
      ++cuts;
      const std::set<int> found = after_power_cut(disk.image(), random);
      CHECK(includes(found, first(acknowledged)));
      CHECK(includes(first(acknowledged + 1), found)); // and nothing came from nowhere
    });
    // Enough for the log to be moved to the main file on the way.
    for (int i = 0; i < 450; ++i) {
      put(database, i, 100 + random() % 3000);
      acknowledged = i + 1;
    }
    disk.before_each({});
  }
  MESSAGE("power cuts: ", cuts);
  CHECK(cuts > 50);
}

TEST_CASE("after a failed fsync nothing is acknowledged that a power cut could take") {
  for (int failing = 1; failing <= 12; ++failing) {
    CAPTURE(failing);
    std::mt19937 random(static_cast<unsigned>(failing));
    process::TemporaryFolder folder;
    lossy::Disk disk;
    Database database((folder / "a.db").string());
    std::set<int> acknowledged;
    int refused = 0;
    for (int i = 0; i < 12; ++i) {
      if (i == 3) disk.fail_sync(failing);
      try {
        put(database, i);
        acknowledged.insert(i);
      } catch (const Trouble& trouble) {
        ++refused;
        CHECK_FALSE(trouble.disk_full);
      }
      CHECK(includes(after_power_cut(disk.image(), random), acknowledged));
    }
    CHECK(refused <= 1);
    CHECK(acknowledged.size() + static_cast<std::size_t>(refused) == 12);
    CHECK(includes(numbers(database), acknowledged));
  }
}

TEST_CASE("a full disk is said to be full, nothing is half recorded, and it goes on later") {
  process::TemporaryFolder folder;
  lossy::Disk disk;
  Database database((folder / "a.db").string());
  put(database, 0);
  disk.fill(true);
  for (int i = 1; i < 4; ++i) {
    try {
      put(database, i);
      FAIL("was acknowledged");
    } catch (const Trouble& trouble) {
      CHECK(trouble.disk_full);
    }
    CHECK(numbers(database) == first(1)); // reading still works
  }
  disk.fill(false);
  put(database, 1);
  CHECK(numbers(database) == first(2));
}

TEST_CASE("a file that may not grow refuses what does not fit and keeps the rest") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  {
    Database database(path);
    put(database, 0);
    {
      const FileSizeLimit limit(5 * 1024 * 1024);
      try {
        put(database, 1, 8 * 1024 * 1024);
        FAIL("was acknowledged");
      } catch (const Trouble& trouble) {
        CAPTURE(trouble.what);
        CHECK(trouble.disk_full);
      }
      put(database, 2); // a small one still fits
    }
    put(database, 1, 8 * 1024 * 1024);
  }
  Database again(path);
  CHECK(numbers(again) == first(3));
}

TEST_CASE("a file that is taken away or replaced is noticed, and no new one appears") {
  process::TemporaryFolder folder;
  const auto path = folder / "a.db", aside = folder / "aside.db";
  {
    Database database(path.string());
    put(database, 0);
    std::filesystem::rename(path, aside);
    CHECK_THROWS_AS(put(database, 1), Trouble);
    CHECK_THROWS_AS(put(database, 2), Trouble);
    CHECK_FALSE(std::filesystem::exists(path));

    std::filesystem::copy_file(aside, path);
    CHECK_THROWS_AS(put(database, 3), Trouble);
    std::filesystem::remove(path);

    std::filesystem::rename(aside, path);
    put(database, 4);
    CHECK(numbers(database).count(4) == 1);
  }
  Database again(path.string());
  CHECK(numbers(again).count(0) == 1);
  CHECK(numbers(again).count(4) == 1);
}

TEST_CASE("a log that somebody deletes costs nothing") {
  process::TemporaryFolder folder;
  const auto path = folder / "a.db";
  lossy::Disk disk;
  Database database(path.string());
  std::mt19937 random(1);
  for (int i = 0; i < 30; ++i) {
    if (i % 10 == 5) std::filesystem::remove(path.string() + "-wal");
    put(database, i);
    CHECK(std::filesystem::exists(path));
  }
  CHECK(numbers(database) == first(30));
  CHECK(std::filesystem::exists(path.string() + "-wal"));
}

TEST_CASE("an emptied log holds nothing of what was deleted") {
  process::TemporaryFolder folder;
  const auto path = folder / "a.db";
  const std::string secret = "the-very-secret-words";
  Database database(path.string());
  database.write([&](Connection& connection) {
    connection.run("INSERT INTO facts (name, value) VALUES ('s', ?1)", secret);
  });
  database.write(
      [](Connection& connection) { connection.run("DELETE FROM facts WHERE name = 's'"); });
  REQUIRE(process::text_of(path.string() + "-wal").find(secret) != std::string::npos);
  database.empty_log();
  CHECK(process::text_of(path.string() + "-wal").find(secret) == std::string::npos);
  CHECK(process::text_of(path).find(secret) == std::string::npos);
  put(database, 7);
  CHECK(numbers(database) == std::set<int>{7});
}

TEST_CASE("a commit syncs once, and the log keeps its length") {
  process::TemporaryFolder folder;
  const auto path = folder / "a.db";
  lossy::Disk disk;
  Database database(path.string());
  put(database, 0); // the first after opening also writes the log's header
  const auto length = std::filesystem::file_size(path.string() + "-wal");
  const int before = disk.syncs();
  for (int i = 1; i <= 50; ++i)
    put(database, i);
  CHECK(disk.syncs() - before == 50);
  for (int i = 51; i < 1500; ++i)
    put(database, i);
  CHECK(std::filesystem::file_size(path.string() + "-wal") == length);
}
