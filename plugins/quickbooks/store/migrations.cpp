#include "store/migrations.hpp"

#include "store/database.hpp"
#include "store/schema.hpp"

#include <iterator>

namespace qb::store {
namespace {

// Marks the file as ours: "LdHk".
constexpr std::int64_t our_application_id = 0x4C64486B;
const char* const schemas[] = {schema_1};
constexpr std::int64_t newest_version = std::size(schemas);

std::int64_t number(Connection& connection, const char* sql) {
  Query query(connection, sql);
  query.step();
  return query.integer(0);
}

void bring_to(Connection& connection, std::int64_t version) {
  connection.run("BEGIN IMMEDIATE");
  connection.exec(schemas[version - 1]);
  connection.exec("PRAGMA application_id = " + std::to_string(our_application_id));
  connection.exec("PRAGMA user_version = " + std::to_string(version));
  connection.run("COMMIT");
}

} // namespace

void migrate(Connection& connection) {
  const std::int64_t application = number(connection, "PRAGMA application_id");
  const std::int64_t tables = number(connection, "SELECT count(*) FROM sqlite_schema");
  if (application != our_application_id && (application != 0 || tables != 0))
    throw Trouble{"the outbox file belongs to another program"};
  const std::int64_t version = number(connection, "PRAGMA user_version");
  if (version > newest_version)
    throw Trouble{"the outbox file is of a newer version (" + std::to_string(version) +
                  "; this plugin knows up to " + std::to_string(newest_version) +
                  "); install the newer plugin again"};
  for (std::int64_t next = version + 1; next <= newest_version; ++next)
    bring_to(connection, next);
}

} // namespace qb::store
