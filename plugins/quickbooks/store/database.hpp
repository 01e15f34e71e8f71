#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace SQLite {
class Database;
}

namespace qb::store {

// The plugin's one SQLite file, through one connection (decision 1): WAL, synchronous=FULL,
// locking_mode=EXCLUSIVE. Threads: any. Writers that come while a commit runs share the next one
// (group commit): the first of them leads, runs everyone's work in one transaction, each in a
// savepoint of its own, and wakes the others when it is durable.
class Database {
 public:
  // Opens or creates `path` (0600, refuses a symbolic link), brings the schema up to date. Throws
  // Trouble.
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs `work` in a transaction and returns when it is durable. What `work` throws undoes `work`
  // alone and is rethrown here; a failed commit undoes all and is thrown as Trouble to everyone in
  // it. `work` must not call write() or read().
  void write(const std::function<void(SQLite::Database&)>& work);
  // Runs `work` on the last committed state, outside a transaction. Keep it under 5 ms.
  void read(const std::function<void(SQLite::Database&)>& work);

 private:
  struct Ticket;
  void lead();
  std::mutex queue_mutex_;
  std::condition_variable done_;
  std::deque<Ticket*> queue_;
  bool leading_ = false;
  std::mutex connection_mutex_;
  std::unique_ptr<SQLite::Database> connection_;
};

// The disk or the file let us down: full, unreadable, of a newer version, in use by another
// process.
struct Trouble {
  std::string what;
  bool disk_full = false;
};

} // namespace qb::store
