#include "store/connection.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace qb::store {

Query::Query(Connection& connection, std::string_view sql) {
  auto found = connection.cache_.find(sql);
  if (found == connection.cache_.end()) {
    found = connection.cache_.try_emplace(std::string(sql)).first;
    try {
      found->second.statement = std::make_unique<SQLite::Statement>(connection, found->first);
    } catch (...) {
      connection.cache_.erase(found);
      throw;
    }
  }
  Connection::Cached& cached = found->second;
  if (cached.in_use) {
    own_ = std::make_unique<SQLite::Statement>(connection, found->first);
    statement_ = own_.get();
    return;
  }
  cached.in_use = true;
  in_use_ = &cached.in_use;
  statement_ = cached.statement.get();
}

Query::~Query() {
  if (!in_use_) return;
  statement_->tryReset(); // what the statement had to say was thrown by step() already
  *in_use_ = false;
}

bool Query::step() {
  return statement_->executeStep();
}

std::int64_t Query::integer(int column) const {
  return statement_->getColumn(column).getInt64();
}

std::string Query::text(int column) const {
  return statement_->getColumn(column).getString();
}

std::string Query::blob(int column) const {
  return statement_->getColumn(column).getString();
}

void Query::bind_integer(int index, std::int64_t value) {
  statement_->bind(index, value);
}

void Query::bind_text(int index, std::string_view value) {
  statement_->bind(index, std::string(value));
}

void Query::bind_blob(int index, std::string_view value) {
  // A null pointer would be NULL, not an empty BLOB.
  statement_->bind(index, static_cast<const void*>(value.empty() ? "" : value.data()),
                   static_cast<int>(value.size()));
}

Connection::Connection(const std::string& path, int flags, int busy_timeout_ms)
    : SQLite::Database(path, flags, busy_timeout_ms) {
  // Takes the place of SQLite's own checkpoints, which would hit whoever commits.
  sqlite3_wal_hook(
      getHandle(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Connection*>(self)->log_pages_ = pages;
        return SQLITE_OK;
      },
      this);
}

Connection::~Connection() = default;

int Connection::changes() const {
  return sqlite3_changes(getHandle());
}

} // namespace qb::store
