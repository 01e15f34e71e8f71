#pragma once

#include "store/connection.hpp"
#include "store/file.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace SQLite {
class Exception;
}

namespace qb::store {

// The disk or the file let us down: full, unreadable, of a newer version, in use by another
// process, gone. Whatever it is thrown for did not happen, or is not known to be durable.
struct Trouble {
  std::string what;
  bool disk_full = false;
};

using Work = std::function<void(Connection&)>;

// The plugin's one SQLite file, through one connection (docs/adr/0014): WAL, synchronous=FULL,
// locking_mode=EXCLUSIVE. Threads: any. Writers that come while a commit runs share the next one
// (group commit): the first of them leads, runs everyone's work in one transaction, each in a
// savepoint of its own, and wakes the others when it is durable.
//
// After an error that leaves the file in doubt (a failed fsync, an unreadable page) the connection
// is dropped; the next use opens the file again. After a fork only the parent may use it.
class Database {
 public:
  // Opens or creates `path` (0600, refuses a symbolic link and a network file system), brings the
  // schema up to date. Throws Trouble.
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs `work` in a transaction and returns when it is durable. What `work` throws undoes `work`
  // alone and is rethrown here; a failed commit undoes all and is thrown as Trouble to everyone in
  // it. `work` runs on any thread, once, and must not call write() or read().
  void write(const Work& work);
  // The same for a caller that must be quick (a hook): leaves the housekeeping of the file to
  // others as long as it can wait.
  void write_promptly(const Work& work);
  // Runs `work` on the last committed state, outside a transaction. Keep it under 5 ms.
  void read(const Work& work);
  // Moves everything into the main file and overwrites the write-ahead log with zeros: what was
  // deleted is gone from there too.
  void empty_log();

 private:
  struct Ticket;

  void submit(const Work& work, bool promptly);
  void lead(Ticket& own);
  void gather(std::unique_lock<std::mutex>& lock, Ticket& own);
  void commit();
  void commit_on(Connection& connection);
  void run_alone(Connection& connection, Ticket& ticket);
  void run_together(Connection& connection);
  void tidy_up(bool promptly);
  Connection& usable();
  void drop();
  [[noreturn]] void drop_for(const SQLite::Exception& error); // throws Trouble
  void check_owner() const;
  void check_still_there();

  const std::string path_, log_path_;
  const pid_t owner_;

  std::mutex queue_mutex_;
  std::deque<Ticket*> queue_;
  bool leading_ = false;
  std::size_t writers_ = 1;     // there were when the last commit ended: served or waiting
  Ticket* gathering_ = nullptr; // the leader, while it waits for others to come
  std::vector<Ticket*> batch_;  // the leader's

  std::mutex connection_mutex_; // guards all below
  std::unique_ptr<Connection> connection_;
  FileId file_, log_;              // what path and path-wal were when we opened them
  std::atomic<int> log_pages_ = 0; // in the log and not in the main file; read without the lock
};

} // namespace qb::store
