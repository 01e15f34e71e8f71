#include "plugins/trials.hpp"

#include "plugins/rows.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace host::plugins {
namespace {

using Transaction = SQLite::Transaction;
constexpr auto immediate = SQLite::TransactionBehavior::IMMEDIATE;

// Runs one statement; answers how many rows it changed.
template <class... Values>
int run(SQLite::Database& connection, const std::string& sql, const Values&... values) {
  SQLite::Statement statement(connection, sql);
  SQLite::bind(statement, values...);
  return statement.exec();
}

Step step_of(const std::string& text) {
  if (text == "trial") return Step::trial;
  return text == "restoring" ? Step::restoring : Step::activating;
}

void forget(SQLite::Database& connection, const std::string& id) {
  run(connection, "DELETE FROM trial WHERE plugin = ?", id);
  run(connection, "DELETE FROM trial_event WHERE plugin = ?", id);
}

} // namespace

std::vector<Trial> Trials::list() {
  const auto connection = database_.use();
  SQLite::Statement query(
      *connection,
      "SELECT plugin, step, used_at, hard_ends, stays, "
      "(SELECT count(*) FROM trial_event e WHERE e.plugin = t.plugin AND counts = 1), "
      "(SELECT count(*) FROM trial_event e WHERE e.plugin = t.plugin AND counts = 1 AND failed = "
      "1) FROM trial t ORDER BY plugin");
  std::vector<Trial> result;
  while (query.executeStep())
    result.push_back({query.getColumn(0).getString(), step_of(query.getColumn(1).getString()),
                      query.getColumn(2).getInt64(), query.getColumn(3).getInt64(),
                      query.getColumn(5).getInt64(), query.getColumn(6).getInt64(),
                      query.getColumn(4).getInt() == 1});
  return result;
}

std::optional<Trial> Trials::find(const std::string& id) {
  for (Trial& trial : list())
    if (trial.plugin == id) return std::move(trial);
  return std::nullopt;
}

std::vector<Installed> Trials::all_former() {
  const auto connection = database_.use();
  SQLite::Statement query(*connection, "SELECT " + installed_columns +
                                           " FROM former_plugin ORDER BY position DESC");
  std::vector<Installed> result;
  while (query.executeStep())
    result.push_back(read_installed(query));
  return result;
}

std::optional<Installed> Trials::former(const std::string& id) {
  for (Installed& one : all_former())
    if (one.id == id) return std::move(one);
  return std::nullopt;
}

void Trials::begin(const Installed& next) {
  const auto connection = database_.use();
  Transaction transaction(*connection, immediate);
  run(*connection,
      "INSERT INTO former_plugin (" + installed_columns + ") SELECT " + installed_columns +
          " FROM plugin WHERE id = ?",
      next.id);
  SQLite::Statement update(*connection, "UPDATE plugin SET (" + installed_columns + ") = (" +
                                            installed_values + ") WHERE id = ?1");
  bind_installed(update, next);
  update.exec();
  run(*connection, "INSERT OR REPLACE INTO trial (plugin, step) VALUES (?, 'activating')", next.id);
  run(*connection, "DELETE FROM trial_event WHERE plugin = ?", next.id);
  transaction.commit();
}

void Trials::put_on_trial(const std::string& id) {
  const auto connection = database_.use();
  run(*connection, "UPDATE trial SET step = 'trial' WHERE plugin = ? AND step = 'activating'", id);
}

bool Trials::use(const std::string& id, std::int64_t now) {
  const auto connection = database_.use();
  Transaction transaction(*connection, immediate);
  SQLite::Statement there(*connection, "SELECT count(*) FROM trial WHERE plugin = ?");
  SQLite::bind(there, id);
  there.executeStep();
  const bool is_settled = there.getColumn(0).getInt() == 0;
  const int used = run(*connection,
                       "UPDATE trial SET inside = 1, used_at = CASE used_at WHEN 0 THEN ? ELSE "
                       "used_at END WHERE plugin = ? AND step = 'trial'",
                       now, id);
  transaction.commit();
  return is_settled || used > 0;
}

void Trials::leave_in_order() {
  const auto connection = database_.use();
  SQLite::Statement query(*connection, "SELECT count(*) FROM trial WHERE inside = 1");
  query.executeStep();
  if (query.getColumn(0).getInt() > 0) run(*connection, "UPDATE trial SET inside = 0");
}

void Trials::count_hard_ends() {
  const auto connection = database_.use();
  SQLite::Statement query(*connection, "SELECT count(*) FROM trial WHERE inside = 1");
  query.executeStep();
  if (query.getColumn(0).getInt() > 0)
    run(*connection, "UPDATE trial SET hard_ends = hard_ends + 1, inside = 0 WHERE inside = 1");
}

bool Trials::begin_restoring(const std::string& id) {
  const auto connection = database_.use();
  return run(*connection, "UPDATE trial SET step = 'restoring' WHERE plugin = ? AND used_at = 0",
             id) > 0;
}

void Trials::go_back(const std::string& id) {
  const auto connection = database_.use();
  Transaction transaction(*connection, immediate);
  run(*connection,
      "UPDATE plugin SET (" + installed_columns + ") = (SELECT " + installed_columns +
          " FROM former_plugin WHERE id = ?1 ORDER BY position DESC LIMIT 1) WHERE id = ?1",
      id);
  run(*connection,
      "DELETE FROM former_plugin WHERE position = (SELECT max(position) FROM former_plugin "
      "WHERE id = ?)",
      id);
  run(*connection,
      "UPDATE delivery SET state = 'waiting', next_attempt_at = 0 WHERE plugin = ?1 AND state IN "
      "('waiting', 'refused', 'not_offered') AND sequence IN (SELECT sequence FROM trial_event "
      "WHERE plugin = ?1)",
      id);
  forget(*connection, id);
  transaction.commit();
}

void Trials::stay(const std::string& id) {
  const auto connection = database_.use();
  run(*connection, "UPDATE trial SET stays = 1 WHERE plugin = ?", id);
}

void Trials::keep(const std::string& id) {
  const auto connection = database_.use();
  Transaction transaction(*connection, immediate);
  run(*connection,
      "DELETE FROM former_plugin WHERE id = ?1 AND position < (SELECT max(position) FROM "
      "former_plugin WHERE id = ?1)",
      id);
  forget(*connection, id);
  transaction.commit();
}

} // namespace host::plugins
