// What is left when there is no memory for a moment.
#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <cstdlib>
#include <dlfcn.h>
#include <doctest/doctest.h>
#include <new>
#include <sqlite3.h>

using qb::store::Connection;
using qb::store::Database;
using qb::store::Query;

namespace {

thread_local long refused = 0;              // which allocation from now on; 0: none
thread_local bool checkpoint_fails = false; // the next one

bool is_refused() {
  return refused > 0 && --refused == 0;
}

void put(Connection& connection, const std::string& name, const std::string& value) {
  connection.run("INSERT INTO facts (name, value) VALUES (?1, ?2)", name, value);
}

bool holds(Database& database, const std::string& name) {
  bool found = false;
  database.read([&](Connection& connection) {
    found = Query(connection, "SELECT 1 FROM facts WHERE name = ?1", name).step();
  });
  return found;
}

} // namespace

void* operator new(std::size_t size) {
  void* const block = is_refused() ? nullptr : std::malloc(size == 0 ? 1 : size);
  if (!block) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}

// Without memory for the words of its error.
extern "C" int sqlite3_wal_checkpoint_v2(sqlite3* db, const char* name, int how, int* in_log,
                                         int* moved) {
  if (checkpoint_fails) {
    checkpoint_fails = false;
    refused = 1;
    return SQLITE_IOERR;
  }
  static const auto real = reinterpret_cast<decltype(&sqlite3_wal_checkpoint_v2)>(
      dlsym(RTLD_NEXT, "sqlite3_wal_checkpoint_v2"));
  return real(db, name, how, in_log, moved);
}

TEST_CASE("whichever allocation of a write is refused, the next write is kept") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  bool met = true;
  for (long which = 1; met; ++which) {
    CAPTURE(which);
    Database database(path); // with no statement prepared
    const std::string name = std::to_string(which);
    const bool throws_itself = which % 2 == 0;
    bool kept = true;
    try {
      refused = which;
      database.write([&](Connection& connection) {
        put(connection, name, "x");
        if (throws_itself) throw 4711;
      });
    } catch (const std::bad_alloc&) {
      kept = false;
    } catch (int) {
      kept = false;
    }
    met = refused == 0;
    refused = 0;
    CHECK_NOTHROW(
        database.write([&](Connection& connection) { put(connection, "after " + name, "x"); }));
    CHECK(holds(database, name) == kept);
    CHECK(holds(database, "after " + name));
    REQUIRE(which < 1000);
  }
}

TEST_CASE("what is durable is no failure, though there is no memory to tidy up") {
  process::TemporaryFolder folder;
  Database database((folder / "a.db").string());
  checkpoint_fails = true;
  for (int i = 0; i < 40; ++i) // more than the log may hold
    REQUIRE_NOTHROW(database.write([&](Connection& connection) {
      put(connection, std::to_string(i), std::string(100'000, 'x'));
    }));
  CHECK_FALSE(checkpoint_fails);
  CHECK(holds(database, "39"));
}
