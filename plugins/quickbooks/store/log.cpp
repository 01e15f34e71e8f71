#include "store/log.hpp"

#include "store/tuning.hpp"

#include <SQLiteCpp/Exception.h>
#include <algorithm>
#include <sqlite3.h>
#include <vector>

namespace qb::store {
namespace {

void check(Connection& connection, int result) {
  if (result != SQLITE_OK) throw SQLite::Exception(connection.getHandle(), result);
}

// Through SQLite's own handle of the log, so that no second descriptor is opened.
void write_zeros(Connection& connection, sqlite3_int64 length) {
  sqlite3_file* log = nullptr;
  check(connection,
        sqlite3_file_control(connection.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log));
  if (!log || !log->pMethods) return;
  constexpr sqlite3_int64 chunk_bytes = 64 * 1024;
  const std::vector<char> zeros(chunk_bytes);
  for (sqlite3_int64 at = 0; at < length; at += chunk_bytes)
    check(connection,
          log->pMethods->xWrite(log, zeros.data(),
                                static_cast<int>(std::min(chunk_bytes, length - at)), at));
  check(connection, log->pMethods->xSync(log, SQLITE_SYNC_NORMAL));
}

sqlite3_int64 length_of_log(Connection& connection) {
  sqlite3_file* log = nullptr;
  check(connection,
        sqlite3_file_control(connection.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log));
  sqlite3_int64 length = 0;
  if (log && log->pMethods) check(connection, log->pMethods->xFileSize(log, &length));
  return length;
}

} // namespace

void move_to_main_file(Connection& connection) {
  check(connection, sqlite3_wal_checkpoint_v2(connection.getHandle(), "main",
                                              SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr));
}

bool move_at_leisure(Connection& connection) {
  const int result = sqlite3_wal_checkpoint_v2(connection.getHandle(), "main",
                                               SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (result == SQLITE_FULL) return false;
  check(connection, result);
  return true;
}

void prepare_log(Connection& connection) {
  write_zeros(connection, log_prepared_bytes);
}

void erase_log(Connection& connection) {
  write_zeros(connection, length_of_log(connection));
}

} // namespace qb::store
