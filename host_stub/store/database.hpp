#pragma once

#include "outcome/problem.hpp"

#include <filesystem>
#include <memory>
#include <mutex>

namespace SQLite {
class Database;
}

namespace host::store {

// The home's one SQLite file and its one connection: WAL, synchronous=FULL, locked to this process.
// Whoever uses the connection holds the lock; never while a plugin is called.
class Database {
 public:
  static Outcome<std::unique_ptr<Database>> open(const std::filesystem::path& file);
  ~Database();

  class Use {
   public:
    explicit Use(Database& database);
    SQLite::Database& operator*() const { return *connection_; }
    SQLite::Database* operator->() const { return connection_; }

   private:
    std::unique_lock<std::mutex> lock_;
    SQLite::Database* connection_;
  };
  Use use() { return Use(*this); }

 private:
  explicit Database(std::unique_ptr<SQLite::Database> connection);
  std::mutex mutex_;
  std::unique_ptr<SQLite::Database> connection_;
};

} // namespace host::store
