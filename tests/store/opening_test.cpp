#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using qb::store::Connection;
using qb::store::Database;
using qb::store::Query;
using qb::store::Trouble;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 0777;
}

std::string trouble_when_opening(const std::string& path) {
  try {
    Database database(path);
  } catch (const Trouble& trouble) {
    return trouble.what;
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::int64_t number(Database& database, const std::string& sql) {
  std::int64_t value = 0;
  database.read([&](Connection& connection) {
    Query query(connection, sql);
    REQUIRE(query.step());
    value = query.integer(0);
  });
  return value;
}

std::string word(Database& database, const std::string& sql) {
  std::string value;
  database.read([&](Connection& connection) {
    Query query(connection, sql);
    REQUIRE(query.step());
    value = query.text(0);
  });
  return value;
}

// What `step` answers in a process of its own.
int in_a_child(const std::function<int()>& step) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(step());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

} // namespace

TEST_CASE("the file and its log are their owner's alone, whatever the umask") {
  process::TemporaryFolder folder;
  for (const mode_t mask : {mode_t{0}, mode_t{0777}}) {
    const std::string path = (folder / ("m" + std::to_string(mask) + ".db")).string();
    const mode_t before = ::umask(mask);
    {
      Database database(path);
      CHECK(mode_of(path) == 0600);
      CHECK(mode_of(path + "-wal") == 0600);
      CHECK_FALSE(std::filesystem::exists(path + "-shm"));
    }
    ::umask(before);
  }
}

TEST_CASE("a file that others could read is closed to them when it is opened") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "open.db").string();
  { Database database(path); }
  REQUIRE(::chmod(path.c_str(), 0644) == 0);
  Database database(path);
  CHECK(mode_of(path) == 0600);
}

TEST_CASE("the connection is as careful as decided") {
  process::TemporaryFolder folder;
  Database database((folder / "a.db").string());
  CHECK(word(database, "PRAGMA journal_mode") == "wal");
  CHECK(word(database, "PRAGMA locking_mode") == "exclusive");
  CHECK(number(database, "PRAGMA synchronous") == 2);
  CHECK(number(database, "PRAGMA trusted_schema") == 0);
  CHECK(number(database, "PRAGMA cell_size_check") == 1);
  CHECK(number(database, "PRAGMA secure_delete") == 1);
  CHECK(number(database, "PRAGMA user_version") == 1);
}

TEST_CASE("a symbolic link instead of the file is refused") {
  process::TemporaryFolder folder;
  { Database database((folder / "real.db").string()); }
  std::filesystem::create_symlink(folder / "real.db", folder / "link.db");
  CHECK(contains(trouble_when_opening((folder / "link.db").string()), "symbolic link"));
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.db");
  CHECK(contains(trouble_when_opening((folder / "dangling.db").string()), "symbolic link"));
  CHECK_FALSE(std::filesystem::exists(folder / "nowhere"));
}

TEST_CASE("a folder that is reached by a symbolic link is no obstacle") {
  process::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "real");
  std::filesystem::create_directory_symlink(folder / "real", folder / "link");
  CHECK(trouble_when_opening((folder / "link" / "a.db").string()).empty());
}

TEST_CASE("what is no database of ours is refused and left as it is") {
  process::TemporaryFolder folder;
  CHECK(contains(trouble_when_opening((folder / "missing" / "a.db").string()), "No such file"));
  std::filesystem::create_directory(folder / "folder.db");
  CHECK(contains(trouble_when_opening((folder / "folder.db").string()), "no regular file"));

  const std::string letter(5000, 'x');
  process::write_text(folder / "letter.db", letter);
  CHECK(contains(trouble_when_opening((folder / "letter.db").string()), "damaged"));
  CHECK(process::text_of(folder / "letter.db") == letter);

  const std::string foreign = (folder / "foreign.db").string();
  {
    SQLite::Database other(foreign, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE theirs (a)");
  }
  CHECK(contains(trouble_when_opening(foreign), "another program"));
}

TEST_CASE("a file of a newer version is refused") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  { Database database(path); }
  {
    SQLite::Database later(path, SQLite::OPEN_READWRITE);
    later.exec("PRAGMA user_version = 77");
  }
  CHECK(contains(trouble_when_opening(path), "newer version (77"));
}

TEST_CASE("two owners never hold the file, and the first keeps it") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  Database database(path);
  const auto in_use = [&] {
    return contains(trouble_when_opening(path), "in use by another process") ? 1 : 0;
  };
  CHECK(in_a_child(in_use) == 1);
  CHECK(in_use() == 1);           // also within one process ...
  CHECK(in_a_child(in_use) == 1); // ... where the refusal must not cost the first its lock
  CHECK_NOTHROW(database.write([](Connection& connection) {
    connection.run("INSERT INTO facts (name, value) VALUES ('a', 'b')");
  }));
}

TEST_CASE("after a fork the file stays with the parent") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  auto database = std::make_unique<Database>(path);
  const int refused = in_a_child([&] {
    int caught = 0;
    try {
      database->write([](Connection&) {});
    } catch (const Trouble&) {
      ++caught;
    }
    try {
      database->read([](Connection&) {});
    } catch (const Trouble&) {
      ++caught;
    }
    database.reset();
    return caught;
  });
  CHECK(refused == 2);
  database->write([](Connection& connection) {
    connection.run("INSERT INTO facts (name, value) VALUES ('a', 'b')");
  });
  database.reset();
  Database again(path);
  CHECK(number(again, "SELECT count(*) FROM facts") == 1);
}

TEST_CASE("a clean end leaves one file, and nothing but it is needed to go on") {
  process::TemporaryFolder folder;
  const std::string path = (folder / "a.db").string();
  {
    Database database(path);
    database.write([](Connection& connection) {
      connection.run("INSERT INTO facts (name, value) VALUES ('a', 'b')");
    });
  }
  CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  Database again(path);
  CHECK(word(again, "SELECT value FROM facts WHERE name = 'a'") == "b");
}
