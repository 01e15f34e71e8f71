#include "directory/directory.hpp"

#include "core/mapping/plan.hpp"
#include "directory/names.hpp"
#include "store/database.hpp"

namespace qb::directory {

void Directory::remove(store::Connection& connection, qbo::Entity entity, const std::string& id) {
  connection.run("DELETE FROM directory WHERE entity = ?1 AND entity_id = ?2",
                 std::string(qbo::json_name(entity)), id);
}

void Directory::put(store::Connection& connection, const qbo::Known& known) {
  if (known.deleted) return remove(connection, known.entity, known.id);
  const std::string entity(qbo::json_name(known.entity));
  const std::string& full_name = known.full_name.empty() ? known.name : known.full_name;
  connection.run(
      "INSERT INTO directory (entity, entity_id, sync_token, name, full_name, normalised_name, "
      "normalised_full_name, account_number, kind, currency, vendor_id, private_note, active, "
      "generation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
      "coalesce((SELECT generation FROM readings WHERE entity = ?1), 0)) "
      "ON CONFLICT (entity, entity_id) DO UPDATE SET sync_token = excluded.sync_token, "
      "name = excluded.name, full_name = excluded.full_name, "
      "normalised_name = excluded.normalised_name, "
      "normalised_full_name = excluded.normalised_full_name, "
      "account_number = excluded.account_number, kind = excluded.kind, "
      "currency = excluded.currency, vendor_id = excluded.vendor_id, "
      "private_note = excluded.private_note, active = excluded.active, "
      "generation = excluded.generation",
      entity, known.id, known.sync_token, known.name, full_name,
      mapping::normalised(without_deleted(known.name)),
      mapping::normalised(without_deleted(full_name)), known.account_number, known.kind,
      known.currency, known.vendor_id, known.private_note, known.active);
}

void Directory::clear(store::Connection& connection) {
  connection.run("DELETE FROM directory");
  connection.run("DELETE FROM readings");
  connection.run("DELETE FROM facts");
}

void Directory::begin_full(store::Connection& connection, qbo::Entity entity) {
  connection.run("INSERT INTO readings (entity, generation) VALUES (?1, 1) "
                 "ON CONFLICT (entity) DO UPDATE SET generation = generation + 1",
                 qbo::json_name(entity));
}

void Directory::end_full(store::Connection& connection, qbo::Entity entity) {
  connection.run("DELETE FROM directory WHERE entity = ?1 AND generation < "
                 "coalesce((SELECT generation FROM readings WHERE entity = ?1), 0)",
                 qbo::json_name(entity));
}

void Directory::put_fact(store::Connection& connection, const std::string& name,
                         const std::string& value) {
  connection.run("INSERT INTO facts (name, value) VALUES (?1, ?2) "
                 "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                 name, value);
}

std::optional<std::string> Directory::fact(const std::string& name) const {
  std::optional<std::string> value;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection, "SELECT value FROM facts WHERE name = ?1", name);
    if (row.step()) value = row.text(0);
  });
  return value;
}

std::optional<qbo::Known> Directory::by_id(qbo::Entity entity, const std::string& id) const {
  std::optional<qbo::Known> known;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection,
                     "SELECT " QB_DIRECTORY_COLUMNS
                     " FROM directory WHERE entity = ?1 AND entity_id = ?2",
                     qbo::json_name(entity), id);
    if (row.step()) known = known_of(row);
  });
  return known;
}

std::vector<qbo::Known> Directory::numbered(qbo::Entity entity, std::string_view doc_number) const {
  std::vector<qbo::Known> orders;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT " QB_DIRECTORY_COLUMNS " FROM directory WHERE entity = ?1 "
                      "AND normalised_name = ?2 AND name = ?3 ORDER BY id",
                      qbo::json_name(entity), mapping::normalised(without_deleted(doc_number)),
                      doc_number);
    orders = all_known_of(rows);
  });
  return orders;
}

std::int64_t Directory::count(qbo::Entity entity) const {
  std::int64_t count = 0;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection, "SELECT count(*) FROM directory WHERE entity = ?1",
                     qbo::json_name(entity));
    row.step();
    count = row.integer(0);
  });
  return count;
}

} // namespace qb::directory
