#include "store/opening.hpp"

#include "store/log.hpp"
#include "store/migrations.hpp"
#include "store/trouble.hpp"
#include "store/tuning.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace qb::store {
namespace {

std::string pragma(Connection& connection, const std::string& text) {
  Query query(connection, "PRAGMA " + text);
  return query.step() ? query.text(0) : "";
}

void harden(Connection& connection) {
  sqlite3* handle = connection.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  pragma(connection, "trusted_schema = OFF");
  pragma(connection, "cell_size_check = ON");
  pragma(connection, "secure_delete = ON");
}

void set_up(Connection& connection) {
  harden(connection);
  pragma(connection, "page_size = " + std::to_string(page_size_bytes));
  // EXCLUSIVE before WAL: then there is no shared memory beside the file, and nobody else gets in.
  pragma(connection, "locking_mode = EXCLUSIVE");
  if (pragma(connection, "journal_mode = WAL") != "wal")
    throw Trouble{"this file system cannot hold the outbox (no write-ahead log)"};
  pragma(connection, "synchronous = FULL");
  pragma(connection, "journal_size_limit = " + std::to_string(log_kept_bytes));
  pragma(connection, "temp_store = MEMORY");
  pragma(connection, "cache_size = -" + std::to_string(cache_kib));
  move_to_main_file(connection);
  migrate(connection);
  move_to_main_file(connection);
  prepare_log(connection);
}

} // namespace

std::unique_ptr<Connection> open_connection(const std::string& path) {
  std::unique_ptr<Connection> connection;
  try {
    connection = std::make_unique<Connection>(
        path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOFOLLOW | SQLite::OPEN_NOMUTEX,
        busy_timeout_ms);
    set_up(*connection);
    return connection;
  } catch (const SQLite::Exception& error) {
    Trouble trouble = trouble_of(error, connection.get());
    if (connection) abandon(std::move(connection));
    trouble.what = path + ": " + trouble.what;
    throw trouble;
  } catch (Trouble& trouble) {
    abandon(std::move(connection));
    trouble.what = path + ": " + trouble.what;
    throw;
  }
}

void abandon(std::unique_ptr<Connection> connection) {
  sqlite3_db_config(connection->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

} // namespace qb::store
