#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <SQLiteCpp/Exception.h>
#include <atomic>
#include <doctest/doctest.h>
#include <stdexcept>
#include <thread>

using qb::store::Blob;
using qb::store::Connection;
using qb::store::Database;
using qb::store::Query;

namespace {

void put(Connection& connection, const std::string& name, const std::string& value) {
  connection.run("INSERT INTO facts (name, value) VALUES (?1, ?2)", name, value);
}

std::int64_t facts(Database& database) {
  std::int64_t count = 0;
  database.read([&](Connection& connection) {
    Query query(connection, "SELECT count(*) FROM facts");
    query.step();
    count = query.integer(0);
  });
  return count;
}

} // namespace

TEST_CASE("what a piece of work throws undoes that work and is thrown to its caller") {
  process::TemporaryFolder folder;
  Database database((folder / "a.db").string());
  CHECK_THROWS_WITH_AS(database.write([](Connection& connection) {
    put(connection, "a", "1");
    throw std::runtime_error("changed my mind");
  }),
                       "changed my mind", std::runtime_error);
  CHECK(facts(database) == 0);
  CHECK_THROWS_AS(database.write([](Connection& connection) {
    put(connection, "a", "1");
    put(connection, "a", "2"); // one name, one value
  }),
                  SQLite::Exception);
  CHECK(facts(database) == 0);
  database.write([](Connection& connection) { put(connection, "a", "3"); });
  CHECK(facts(database) == 1);
}

TEST_CASE("writers that share a commit fail alone") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  std::atomic<int> failed = 0, strange = 0;
  constexpr int threads = 16, each = 60;
  {
    Database database(path);
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t)
      running.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          const std::string name = std::to_string(t) + "/" + std::to_string(i);
          const bool fails = (t + i) % 3 == 0;
          try {
            const auto work = [&](Connection& connection) {
              put(connection, name, "x");
              if (fails) throw std::runtime_error(name);
            };
            if (t % 2)
              database.write(work);
            else
              database.write_promptly(work);
            if (fails) ++strange;
          } catch (const std::runtime_error& error) {
            if (error.what() == name && fails)
              ++failed;
            else
              ++strange;
          }
        }
      });
    for (std::thread& thread : running)
      thread.join();
    CHECK(strange == 0);
    CHECK(failed == threads * each / 3);
    CHECK(facts(database) == threads * each - failed);
  }
  Database again(path);
  CHECK(facts(again) == threads * each - failed);
}

TEST_CASE("readers and writers get on with each other") {
  process::TemporaryFolder folder;
  Database database((folder / "a.db").string());
  std::atomic<bool> done = false;
  std::atomic<int> backwards = 0;
  std::thread reader([&] {
    std::int64_t last = 0;
    while (!done) {
      const std::int64_t now = facts(database);
      if (now < last) ++backwards;
      last = now;
    }
  });
  for (int i = 0; i < 200; ++i)
    database.write([&](Connection& connection) { put(connection, std::to_string(i), ""); });
  done = true;
  reader.join();
  CHECK(backwards == 0);
  CHECK(facts(database) == 200);
}

TEST_CASE("texts and bytes come back as they were, whatever they hold") {
  process::TemporaryFolder folder;
  Database database((folder / "a.db").string());
  const std::string odd("nul \0 quote ' \xC3\xA9", 15);
  database.write([&](Connection& connection) {
    put(connection, odd, "");
    connection.run("CREATE TABLE bytes (b BLOB NOT NULL) STRICT");
    connection.run("INSERT INTO bytes (b) VALUES (?1)", Blob{odd});
    connection.run("INSERT INTO bytes (b) VALUES (?1)", Blob{""});
  });
  database.read([&](Connection& connection) {
    Query texts(connection, "SELECT name, value FROM facts");
    REQUIRE(texts.step());
    CHECK(texts.text(0) == odd);
    CHECK(texts.text(1).empty());
    Query bytes(connection, "SELECT b FROM bytes ORDER BY rowid");
    REQUIRE(bytes.step());
    CHECK(bytes.blob(0) == odd);
    REQUIRE(bytes.step());
    CHECK(bytes.blob(0).empty());
    CHECK_FALSE(bytes.step());
  });
}

TEST_CASE("one statement may be in use twice at a time") {
  process::TemporaryFolder folder;
  Database database((folder / "a.db").string());
  database.write([](Connection& connection) {
    put(connection, "a", "");
    put(connection, "b", "");
  });
  int pairs = 0;
  database.read([&](Connection& connection) {
    const char* sql = "SELECT name FROM facts ORDER BY name";
    Query outer(connection, sql);
    while (outer.step()) {
      Query inner(connection, sql);
      while (inner.step())
        ++pairs;
    }
  });
  CHECK(pairs == 4);
}
