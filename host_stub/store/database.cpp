#include "store/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace host::store {
namespace {

// One step a version; a step that was released never changes.
constexpr const char* steps[] = {
    R"(
    CREATE TABLE event (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      event_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      body TEXT NOT NULL);
    CREATE TABLE delivery (
      plugin TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      position INTEGER NOT NULL REFERENCES event(position),
      ordering_key TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      next_attempt_at INTEGER NOT NULL DEFAULT 0,
      status INTEGER NOT NULL DEFAULT 0,
      message TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (plugin, sequence)) WITHOUT ROWID;
    CREATE INDEX delivery_of_event ON delivery(position);
    CREATE INDEX delivery_waiting ON delivery(plugin, ordering_key, sequence, next_attempt_at)
      WHERE state = 'waiting';
    CREATE INDEX delivery_next ON delivery(plugin, sequence) WHERE state = 'waiting';
    CREATE TABLE plugin (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      library TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      enabled INTEGER NOT NULL DEFAULT 0,
      last_sequence INTEGER NOT NULL DEFAULT 0,
      installed_at INTEGER NOT NULL);
    CREATE TABLE notice (
      plugin TEXT NOT NULL,
      key TEXT NOT NULL,
      severity INTEGER NOT NULL,
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      raised_at INTEGER NOT NULL,
      PRIMARY KEY (plugin, key));
    )",
    R"(
    ALTER TABLE plugin ADD COLUMN signature TEXT NOT NULL DEFAULT 'unsigned';
    ALTER TABLE plugin ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';
    )",
    R"(
    ALTER TABLE plugin ADD COLUMN states TEXT NOT NULL DEFAULT '';
    CREATE TABLE former_plugin (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      library TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      installed_at INTEGER NOT NULL,
      signature TEXT NOT NULL,
      signed_by TEXT NOT NULL,
      states TEXT NOT NULL);
    CREATE TABLE trial (
      plugin TEXT PRIMARY KEY,
      step TEXT NOT NULL,
      used_at INTEGER NOT NULL DEFAULT 0,
      inside INTEGER NOT NULL DEFAULT 0,
      hard_ends INTEGER NOT NULL DEFAULT 0,
      stays INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE trial_event (
      plugin TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      counts INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      PRIMARY KEY (plugin, sequence)) WITHOUT ROWID;
    )",
    R"(
    ALTER TABLE plugin ADD COLUMN content_sha256 TEXT NOT NULL DEFAULT '';
    ALTER TABLE plugin ADD COLUMN permissions TEXT NOT NULL DEFAULT '';
    ALTER TABLE former_plugin ADD COLUMN content_sha256 TEXT NOT NULL DEFAULT '';
    ALTER TABLE former_plugin ADD COLUMN permissions TEXT NOT NULL DEFAULT '';
    CREATE TABLE revocation (
      id TEXT NOT NULL,
      version TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (id, version)) WITHOUT ROWID;
    )"};

void migrate(SQLite::Database& connection) {
  const int known = static_cast<int>(std::size(steps));
  const int there = connection.execAndGet("PRAGMA user_version").getInt();
  if (there > known) throw SQLite::Exception("it was written by a newer version of this program");
  for (int step = there; step < known; ++step) {
    SQLite::Transaction transaction(connection);
    connection.exec(steps[step]);
    connection.exec("PRAGMA user_version = " + std::to_string(step + 1));
    transaction.commit();
  }
}

} // namespace

Outcome<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file) {
  try {
    auto connection = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE |
                                                                            SQLite::OPEN_CREATE);
    connection->exec("PRAGMA locking_mode = EXCLUSIVE");
    connection->exec("PRAGMA journal_mode = WAL");
    connection->exec("PRAGMA synchronous = FULL");
    connection->exec("PRAGMA foreign_keys = ON");
    migrate(*connection);
    return std::unique_ptr<Database>(new Database(std::move(connection)));
  } catch (const SQLite::Exception& error) {
    return problem("cannot open " + file.string() + ": " + error.what(), ERP_E_STORAGE);
  }
}

Database::Database(std::unique_ptr<SQLite::Database> connection)
    : connection_(std::move(connection)) {}
Database::~Database() = default;

Database::Use::Use(Database& database)
    : lock_(database.mutex_), connection_(database.connection_.get()) {}

} // namespace host::store
