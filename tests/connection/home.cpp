#include "connection/home.hpp"

#include "store/database.hpp"

namespace acceptance {
namespace {

std::string file_of(const World& world) {
  return (world.plugin_data() / "quickbooks.db").string();
}

} // namespace

void change_outbox_file(const World& world, const std::string& sql) {
  qb::store::Database(file_of(world)).write([&](qb::store::Connection& db) { db.exec(sql); });
}

std::string read_outbox_file(const World& world, const std::string& sql) {
  std::string value;
  qb::store::Database(file_of(world)).read([&](qb::store::Connection& db) {
    qb::store::Query row(db, sql);
    if (row.step()) value = row.text(0);
  });
  return value;
}

} // namespace acceptance
