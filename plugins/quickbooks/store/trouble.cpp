#include "store/trouble.hpp"

#include <SQLiteCpp/Exception.h>
#include <cerrno>
#include <sqlite3.h>

namespace qb::store {
namespace {

bool says_full(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

// errno of the last failure on the log or the main file. sqlite3_system_errno() does not know it if
// it was a COMMIT that failed.
bool file_says_full(sqlite3* handle) {
  int of_main_file = 0;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &of_main_file);
  int of_log = 0;
  sqlite3_file* log = nullptr;
  if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
      log && log->pMethods)
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &of_log);
  return says_full(of_log) || says_full(of_main_file);
}

bool is_full(const SQLite::Exception& error, Connection* connection) {
  const int code = error.getErrorCode();
  if (code == SQLITE_FULL) return true;
  const bool while_writing = error.getExtendedErrorCode() == SQLITE_IOERR_WRITE;
  return while_writing && connection && file_says_full(connection->getHandle());
}

} // namespace

Damage damage_of(const SQLite::Exception& error, Connection& connection) {
  if (is_full(error, &connection)) return Damage::refused;
  switch (error.getErrorCode()) {
  case SQLITE_IOERR:
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PROTOCOL:
  case SQLITE_NOMEM:
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return Damage::in_doubt;
  default:
    return Damage::none;
  }
}

Trouble trouble_of(const SQLite::Exception& error, Connection* connection) {
  if (is_full(error, connection))
    return {"the disk is full; nothing was recorded (SQLite: " + std::string(error.what()) + ")",
            true};
  switch (error.getErrorCode()) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return {"the outbox file is in use by another process"};
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return {"the outbox file is damaged (SQLite: " + std::string(error.what()) + ")"};
  case SQLITE_NOMEM:
    return {"out of memory"};
  default:
    return {"the disk refused (SQLite: " + std::string(error.what()) + ")"};
  }
}

} // namespace qb::store
