#include "store/database.hpp"

#include "store/log.hpp"
#include "store/opening.hpp"
#include "store/trouble.hpp"
#include "store/tuning.hpp"

#include <SQLiteCpp/Exception.h>
#include <algorithm>
#include <chrono>
#include <sqlite3.h>
#include <unistd.h>

namespace qb::store {

// One writer's place in the queue. Lives on that writer's stack; guarded by queue_mutex_ but for
// `failure`, which the leader writes before it sets `done`.
struct Database::Ticket {
  explicit Ticket(const Work& its_work, bool is_prompt) : work(its_work), promptly(is_prompt) {}
  const Work& work;
  const bool promptly;
  bool leads = false;
  bool done = false;
  std::exception_ptr failure;
  std::condition_variable wake;
};

namespace {

bool in_transaction(Connection& connection) {
  return sqlite3_get_autocommit(connection.getHandle()) == 0;
}

} // namespace

Database::Database(const std::string& path)
    : path_(in_real_folder(path)), log_path_(path_ + "-wal"), owner_(::getpid()) {
  make_private_file(path_);
  file_ = identify(path_).value_or(FileId{});
  batch_.reserve(writers_per_commit_max);
  usable();
}

Database::~Database() {
  // After a fork the file is the parent's: closing it here would take its log away.
  if (::getpid() != owner_)
    static_cast<void>(connection_.release());
  else if (connection_ && identify(path_) != file_)
    drop(); // or SQLite would delete the log of the file that took our place
}

void Database::write(const Work& work) {
  submit(work, false);
}

void Database::write_promptly(const Work& work) {
  submit(work, true);
}

void Database::submit(const Work& work, bool promptly) {
  check_owner();
  Ticket own(work, promptly);
  {
    std::unique_lock lock(queue_mutex_);
    queue_.push_back(&own);
    if (gathering_ && queue_.size() >= writers_) gathering_->wake.notify_one();
    if (leading_)
      own.wake.wait(lock, [&] { return own.leads || own.done; });
    else
      leading_ = true;
    if (!own.done) own.leads = true;
  }
  if (own.leads) lead(own);
  if (own.failure) std::rethrow_exception(own.failure);
}

// The writers that the last commit woke are likely to come again at once: a commit that waits for
// them a moment serves all, where two half-empty ones would take turns. One writer never waits.
void Database::gather(std::unique_lock<std::mutex>& lock, Ticket& own) {
  if (queue_.size() >= writers_) return;
  gathering_ = &own;
  own.wake.wait_for(lock, std::chrono::microseconds(gather_us_max),
                    [&] { return queue_.size() >= writers_; });
  gathering_ = nullptr;
}

// Takes everyone who waits along, hands the lead to the first who came meanwhile, and only then
// wakes the others: the disk should not wait for them.
void Database::lead(Ticket& own) {
  {
    std::unique_lock lock(queue_mutex_);
    gather(lock, own);
    const auto end = queue_.begin() +
                     static_cast<std::ptrdiff_t>(std::min(queue_.size(), writers_per_commit_max));
    batch_.assign(queue_.begin(), end);
    queue_.erase(queue_.begin(), end);
  }
  commit();
  {
    std::lock_guard lock(queue_mutex_);
    leading_ = !queue_.empty();
    writers_ = batch_.size() + queue_.size();
    if (leading_) {
      queue_.front()->leads = true;
      queue_.front()->wake.notify_one();
    }
    for (Ticket* ticket : batch_) {
      ticket->done = true;
      if (ticket != &own) ticket->wake.notify_one(); // under the lock: it may be gone after it
    }
  }
  tidy_up(own.promptly);
}

void Database::commit() {
  std::lock_guard lock(connection_mutex_);
  std::exception_ptr failure;
  try {
    commit_on(usable());
    if (connection_) log_pages_ = connection_->log_pages();
  } catch (...) {
    failure = std::current_exception();
  }
  if (!failure) return;
  for (Ticket* ticket : batch_)
    if (!ticket->failure) ticket->failure = failure;
}

// Whatever is thrown, nothing of it stays open; even the words of an error may lack memory.
void Database::commit_on(Connection& connection) {
  struct Undoing {
    Database& database;
    Connection& connection;
    const bool in_doubt = false;
    ~Undoing() {
      if (in_doubt || (in_transaction(connection) && connection.tryExec("ROLLBACK") != SQLITE_OK))
        database.drop();
    }
  };
  try {
    connection.run("BEGIN IMMEDIATE");
    if (batch_.size() == 1)
      run_alone(connection, *batch_.front());
    else
      run_together(connection);
    if (in_transaction(connection)) connection.run("COMMIT");
  } catch (const SQLite::Exception& error) {
    const Undoing undoing{*this, connection, damage_of(error, connection) == Damage::in_doubt};
    throw trouble_of(error, &connection);
  } catch (...) {
    const Undoing undoing{*this, connection};
    throw;
  }
  check_still_there();
}

// A failure of the work itself stays with its ticket; one of the file goes to the caller.
void Database::run_alone(Connection& connection, Ticket& ticket) {
  try {
    ticket.work(connection);
    return;
  } catch (const SQLite::Exception& error) {
    if (damage_of(error, connection) != Damage::none) throw;
    ticket.failure = std::current_exception();
  } catch (...) {
    ticket.failure = std::current_exception();
  }
  if (in_transaction(connection)) connection.run("ROLLBACK");
}

void Database::run_together(Connection& connection) {
  for (Ticket* ticket : batch_) {
    connection.run("SAVEPOINT ticket");
    try {
      ticket->work(connection);
    } catch (const SQLite::Exception& error) {
      if (damage_of(error, connection) != Damage::none) throw;
      ticket->failure = std::current_exception();
    } catch (...) {
      ticket->failure = std::current_exception();
    }
    if (ticket->failure) connection.run("ROLLBACK TO ticket");
    connection.run("RELEASE ticket");
  }
}

void Database::read(const Work& work) {
  check_owner();
  std::lock_guard lock(connection_mutex_);
  Connection& connection = usable();
  try {
    work(connection);
  } catch (const SQLite::Exception& error) {
    if (damage_of(error, connection) == Damage::none) throw;
    drop_for(error);
  }
}

void Database::empty_log() {
  read([this](Connection& connection) {
    if (!move_at_leisure(connection)) throw Trouble{"the disk is full", true};
    erase_log(connection);
    move_to_main_file(connection);
    prepare_log(connection);
    log_pages_ = 0;
  });
}

// The commits are durable already: whatever happens here is no failure of them. After a full disk
// it is tried again when the log has grown as much again.
void Database::tidy_up(bool promptly) {
  const int due = promptly ? log_pages_max : log_pages_at_leisure;
  if (log_pages_ < due) return;
  std::lock_guard lock(connection_mutex_);
  if (!connection_ || log_pages_ < due) return;
  try {
    move_at_leisure(*connection_);
    log_pages_ = 0;
  } catch (...) { // no memory for the words of its error
    drop();
  }
}

Connection& Database::usable() {
  if (connection_) return *connection_;
  if (identify(path_) != file_) check_still_there();
  connection_ = open_connection(path_);
  log_ = identify(log_path_).value_or(FileId{});
  log_pages_ = 0;
  return *connection_;
}

void Database::drop() {
  abandon(std::move(connection_));
}

void Database::drop_for(const SQLite::Exception& error) {
  struct Dropping {
    Database& database;
    ~Dropping() { database.drop(); }
  } const afterwards{*this};
  throw trouble_of(error, connection_.get());
}

void Database::check_owner() const {
  if (::getpid() != owner_) throw Trouble{path_ + ": belongs to the process before the fork"};
}

// Somebody who deletes or replaces the file takes what was recorded with it; we would notice only
// after the next start. If only the log was deleted, we still hold what stood in it.
void Database::check_still_there() {
  if (identify(path_) != file_)
    throw Trouble{path_ + ": was deleted or replaced while it was in use"};
  if (!connection_ || identify(log_path_) == log_) return;
  try {
    move_to_main_file(*connection_);
    drop();
  } catch (const SQLite::Exception& error) {
    drop_for(error);
  }
}

} // namespace qb::store
