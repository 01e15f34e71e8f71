#include "plugins/rows.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>

namespace host::plugins {
namespace {

// What was written here reads back; if somebody else wrote, the plugin gets nothing.
std::optional<bundle::Permissions> permissions_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return bundle::parse_permissions(text).value_or(bundle::Permissions());
}

// Empty: there was no manifest.
std::string to_text(const std::optional<bundle::Permissions>& permissions) {
  return permissions ? bundle::to_json(*permissions) : std::string();
}

} // namespace

const std::string installed_columns = "id, name, version, library, sha256, installed_at, "
                                      "signature, signed_by, states, content_sha256, permissions";
const std::string installed_values = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11";

Installed read_installed(SQLite::Statement& row) {
  const auto text = [&](int column) { return row.getColumn(column).getString(); };
  return {text(0),
          text(1),
          text(2),
          text(3),
          text(4),
          false,
          row.getColumn(5).getInt64(),
          text(6),
          text(7),
          StateVersions::from_text(text(8)),
          text(9),
          permissions_from(text(10))};
}

void bind_installed(SQLite::Statement& statement, const Installed& plugin) {
  SQLite::bind(statement, plugin.id, plugin.name, plugin.version, plugin.library, plugin.sha256,
               plugin.installed_at, plugin.signature, plugin.signed_by, plugin.states.to_text(),
               plugin.content_sha256, to_text(plugin.permissions));
}

} // namespace host::plugins
