#include "plugins/registry.hpp"

#include "plugins/rows.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace host::plugins {

std::vector<Installed> Registry::list() {
  const auto connection = database_.use();
  SQLite::Statement query(*connection,
                          "SELECT " + installed_columns + ", enabled FROM plugin ORDER BY id");
  std::vector<Installed> result;
  while (query.executeStep()) {
    result.push_back(read_installed(query));
    result.back().enabled = query.getColumn(columns_of_installed).getInt() == 1;
  }
  return result;
}

std::optional<Installed> Registry::find(const std::string& id) {
  for (Installed& plugin : list())
    if (plugin.id == id) return std::move(plugin);
  return std::nullopt;
}

Outcome<Installed> Registry::need(const std::string& id) {
  if (auto found = find(id)) return *found;
  std::string there;
  for (const Installed& plugin : list())
    there += (there.empty() ? "" : ", ") + plugin.id;
  return problem(
      "there is no plugin \"" + id + "\"; " +
          (there.empty() ? "none is installed (plugins install PATH)" : "installed: " + there),
      ERP_E_NOT_FOUND);
}

void Registry::put(const Installed& plugin) {
  const auto connection = database_.use();
  SQLite::Transaction transaction(*connection, SQLite::TransactionBehavior::IMMEDIATE);
  for (const char* const forget :
       {"DELETE FROM trial WHERE plugin = ?", "DELETE FROM trial_event WHERE plugin = ?",
        "DELETE FROM former_plugin WHERE id = ?"}) {
    SQLite::Statement statement(*connection, forget);
    SQLite::bind(statement, plugin.id);
    statement.exec();
  }
  SQLite::Statement update(*connection, "UPDATE plugin SET enabled = 0, (" + installed_columns +
                                            ") = (" + installed_values + ") WHERE id = ?1");
  bind_installed(update, plugin);
  if (update.exec() == 0) {
    SQLite::Statement insert(*connection, "INSERT INTO plugin (" + installed_columns +
                                              ") VALUES (" + installed_values + ")");
    bind_installed(insert, plugin);
    insert.exec();
  }
  transaction.commit();
}

void Registry::set_enabled(const std::string& id, bool enabled) {
  const auto connection = database_.use();
  SQLite::Statement update(*connection, "UPDATE plugin SET enabled = ? WHERE id = ?");
  SQLite::bind(update, enabled ? 1 : 0, id);
  update.exec();
}

void Registry::replace_revocations(const std::vector<Revoked>& revoked) {
  const auto connection = database_.use();
  SQLite::Transaction transaction(*connection);
  connection->exec("DELETE FROM revocation");
  for (const Revoked& one : revoked) {
    SQLite::Statement insert(*connection, "INSERT OR REPLACE INTO revocation VALUES (?,?,?)");
    SQLite::bind(insert, one.id, one.version, one.reason);
    insert.exec();
  }
  transaction.commit();
}

std::optional<std::string> Registry::revoked_because(const std::string& id,
                                                     const std::string& version) {
  const auto connection = database_.use();
  SQLite::Statement query(*connection,
                          "SELECT reason FROM revocation WHERE id = ? AND version IN (?, '')");
  SQLite::bind(query, id, version);
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString();
}

} // namespace host::plugins
