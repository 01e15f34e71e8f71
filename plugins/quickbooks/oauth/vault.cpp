#include "oauth/vault.hpp"

#include "oauth/connection_bytes.hpp"
#include "oauth/seal.hpp"
#include "oauth/wipe.hpp"
#include "store/database.hpp"

#include <openssl/crypto.h>

namespace qb::oauth {

namespace {

constexpr std::size_t fingerprint_length = 32;

// One row. sealed is empty where there is no connection; company is the fingerprint it is sealed
// for; bound_company stays when the connection goes.
constexpr const char* make_table = R"sql(
CREATE TABLE vault (
  id            INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  version       INTEGER NOT NULL,
  company       TEXT    NOT NULL,
  bound_company TEXT    NOT NULL,
  sealed        BLOB    NOT NULL
) STRICT)sql";

std::string context_for(const std::string& fingerprint) {
  return "ledgerhook/quickbooks/connection|" + fingerprint + "|" +
         std::to_string(connection_format);
}

bool has_table(store::Connection& database) {
  return store::Query(database, "SELECT 1 FROM sqlite_schema WHERE name = 'vault'").step();
}

} // namespace

Vault::Vault(store::Database& store, const Key& key) : store_(store), key_(key) {
  bool there = false;
  store_.read([&](store::Connection& database) { there = has_table(database); });
  if (there) return;
  store_.write([](store::Connection& database) {
    if (has_table(database)) return;
    database.run(make_table);
    database.run("INSERT INTO vault (id, version, company, bound_company, sealed) "
                 "VALUES (1, 0, '', '', x'')");
  });
}

Vault::~Vault() {
  OPENSSL_cleanse(key_.data(), key_.size());
}

std::optional<Vault::Versioned> Vault::load() const {
  std::int64_t version = 0;
  std::string company, bytes;
  store_.read([&](store::Connection& database) {
    store::Query row(database, "SELECT version, company, sealed FROM vault WHERE id = 1");
    if (!row.step()) return;
    version = row.integer(0);
    company = row.text(1);
    bytes = row.blob(2);
  });
  if (bytes.empty()) return std::nullopt;
  std::optional<std::string> opened = unsealed(key_, bytes, context_for(company));
  if (!opened)
    throw Unsealable{"the stored connection does not open with this key, or it was changed"};
  const Wiped wiped(*opened);
  const std::optional<Connection> connection = connection_from(*opened);
  if (!connection || fingerprint(connection->realm) != company)
    throw Unsealable{"the stored connection is not what was stored"};
  return Versioned{*connection, version};
}

std::int64_t Vault::version() const {
  std::int64_t version = 0;
  store_.read([&](store::Connection& database) {
    store::Query row(database, "SELECT version FROM vault WHERE id = 1 AND length(sealed) > 0");
    if (row.step()) version = row.integer(0);
  });
  return version;
}

std::optional<std::int64_t> Vault::save(const Connection& connection, std::int64_t if_version) {
  const std::string company = fingerprint(connection.realm);
  std::string text = to_bytes(connection);
  const Wiped wiped(text);
  const std::string bytes = sealed(key_, text, context_for(company));
  std::optional<std::int64_t> saved;
  store_.write([&](store::Connection& database) {
    saved.reset();
    const bool wants_none = if_version == 0;
    store::Query row(database, "SELECT version, length(sealed) FROM vault WHERE id = 1");
    if (!row.step()) throw Unsealable{"the vault's table is empty"};
    const bool none = row.integer(1) == 0;
    if (wants_none != none || (!wants_none && row.integer(0) != if_version)) return;
    saved = row.integer(0) + 1;
    database.run("UPDATE vault SET version = ?1, company = ?2, sealed = ?3 WHERE id = 1", *saved,
                 company, store::Blob{bytes});
  });
  return saved;
}

void Vault::wipe() {
  // The version goes on, so that who holds an old one can never save over a later connection.
  store_.write([](store::Connection& database) {
    database.run("UPDATE vault SET sealed = zeroblob(length(sealed)) WHERE id = 1");
    database.run("UPDATE vault SET version = version + 1, company = '', sealed = x'' WHERE id = 1");
  });
  store_.empty_log();
}

std::string Vault::fingerprint(const std::string& realm) const {
  return keyed_hash(key_, "ledgerhook/quickbooks/company|" + realm).substr(0, fingerprint_length);
}

std::optional<std::string> Vault::bound_company() const {
  std::string bound;
  store_.read([&](store::Connection& database) {
    store::Query row(database, "SELECT bound_company FROM vault WHERE id = 1");
    if (row.step()) bound = row.text(0);
  });
  if (bound.empty()) return std::nullopt;
  return bound;
}

void Vault::bind_company(const std::string& fingerprint) {
  store_.write([&](store::Connection& database) {
    database.run("UPDATE vault SET bound_company = ?1 WHERE id = 1", fingerprint);
  });
}

} // namespace qb::oauth
