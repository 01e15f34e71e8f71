#include "plugins/registry.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace host::plugins {

// What was written here reads back; if somebody else wrote, the plugin gets nothing.
std::optional<bundle::Permissions> permissions_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return bundle::parse_permissions(text).value_or(bundle::Permissions());
}

std::string to_text(const std::optional<bundle::Permissions>& permissions) {
  return permissions ? bundle::to_json(*permissions) : std::string();
}
std::vector<Installed> Registry::list() {
  const auto connection = database_.use();
  SQLite::Statement query(*connection,
                          "SELECT id, name, version, library, sha256, enabled, "
                          "installed_at, signature, signed_by, states, content_sha256, permissions "
                          "FROM plugin ORDER BY id");
  std::vector<Installed> result;
  const auto text = [&](int column) { return query.getColumn(column).getString(); };
  while (query.executeStep())
    result.push_back({text(0), text(1), text(2), text(3), text(4), query.getColumn(5).getInt() == 1,
                      query.getColumn(6).getInt64(), text(7), text(8),
                      StateVersions::from_text(text(9)), text(10), permissions_from(text(11))});
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
  SQLite::Statement insert(
      *connection,
      "INSERT INTO plugin (id, name, version, library, sha256, installed_at, signature, signed_by, "
      "states, content_sha256, permissions) VALUES (?,?,?,?,?,?,?,?,?,?,?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version, "
      "library = excluded.library, sha256 = excluded.sha256, enabled = 0, "
      "installed_at = excluded.installed_at, signature = excluded.signature, "
      "signed_by = excluded.signed_by, states = excluded.states, "
      "content_sha256 = excluded.content_sha256, permissions = excluded.permissions");
  SQLite::bind(insert, plugin.id, plugin.name, plugin.version, plugin.library, plugin.sha256,
               plugin.installed_at, plugin.signature, plugin.signed_by, plugin.states.to_text(),
               plugin.content_sha256, to_text(plugin.permissions));
  insert.exec();
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
