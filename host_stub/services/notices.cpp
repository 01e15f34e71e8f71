#include "services/notices.hpp"

#include "erp/services/notice.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace host::services {

const char* name_of_severity(std::int32_t severity) {
  if (severity == ERP_NOTICE_INFO) return "info";
  return severity == ERP_NOTICE_ACTION_NEEDED ? "action_needed" : "warning";
}

void Notices::raise(const Notice& notice) {
  const auto connection = database_.use();
  SQLite::Statement insert(*connection, "INSERT OR REPLACE INTO notice (plugin, key, severity, "
                                        "title, text, raised_at) VALUES (?,?,?,?,?,?)");
  SQLite::bind(insert, notice.plugin, notice.key, notice.severity, notice.title, notice.text,
               notice.raised_at);
  insert.exec();
}

void Notices::clear(const std::string& plugin, const std::string& key) {
  const auto connection = database_.use();
  SQLite::Statement remove(*connection, "DELETE FROM notice WHERE plugin = ? AND key = ?");
  SQLite::bind(remove, plugin, key);
  remove.exec();
}

std::vector<Notice> Notices::list() {
  const auto connection = database_.use();
  SQLite::Statement query(*connection,
                          "SELECT plugin, key, severity, title, text, raised_at "
                          "FROM notice ORDER BY severity DESC, raised_at, plugin, key");
  std::vector<Notice> result;
  const auto text = [&](int column) { return query.getColumn(column).getString(); };
  while (query.executeStep())
    result.push_back({text(0), text(1), query.getColumn(2).getInt(), text(3), text(4),
                      query.getColumn(5).getInt64()});
  return result;
}

} // namespace host::services
