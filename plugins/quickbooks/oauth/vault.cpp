#include "oauth/vault.hpp"

#include "oauth/connection_bytes.hpp"
#include "oauth/seal.hpp"
#include "oauth/wipe.hpp"
#include "store/database.hpp"

#include <stdexcept>

namespace qb::oauth {

namespace {

constexpr std::size_t fingerprint_size_bytes = 16;
constexpr std::size_t salt_size_bytes = 16;

// One row. sealed is empty where there is no connection; company is the fingerprint it is sealed
// for; bound_company stays when the connection goes; fingerprints are made with the salt.
constexpr const char* table_sql = R"sql(
CREATE TABLE vault (
  id            INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  version       INTEGER NOT NULL,
  company       TEXT    NOT NULL,
  bound_company TEXT    NOT NULL,
  sealed        BLOB    NOT NULL,
  salt          BLOB    NOT NULL DEFAULT x''
) STRICT)sql";

std::string context_for(const std::string& fingerprint, int format = connection_format) {
  return "ledgerhook/quickbooks/connection|" + fingerprint + "|" + std::to_string(format);
}

std::string company_of(const std::string& environment, const std::string& realm) {
  return environment + "|" + realm;
}

bool has_table(store::Connection& database) {
  return store::Query(database, "SELECT 1 FROM sqlite_schema WHERE name = 'vault'").step();
}
bool has_salt_column(store::Connection& database) {
  return store::Query(database, "SELECT 1 FROM pragma_table_info('vault') WHERE name = 'salt'")
      .step();
}
std::string salt_in(store::Connection& database) {
  store::Query row(database, "SELECT salt FROM vault WHERE id = 1");
  return row.step() ? row.blob(0) : std::string();
}

} // namespace

std::string slow_company_hash(std::string_view salt, std::string_view company) {
  return slow_hash(salt, company, fingerprint_size_bytes);
}

Vault::Vault(store::Database& store, const Key& key, Inheritance inheritance, SlowHash hash)
    : store_(store), key_(key), inheritance_(std::move(inheritance)), hash_(std::move(hash)) {
  store_.read([&](store::Connection& database) {
    if (has_table(database) && has_salt_column(database)) salt_ = salt_in(database);
  });
  if (salt_.empty()) make_table();
}

void Vault::make_table() {
  const std::string salt = random_bytes(salt_size_bytes);
  store_.write([&](store::Connection& database) {
    const bool keyed = has_table(database);
    if (!keyed) {
      database.run(table_sql);
      database.run("INSERT INTO vault (id, version, company, bound_company, sealed) "
                   "VALUES (1, 0, '', '', x'')");
    } else if (!has_salt_column(database)) {
      database.run("ALTER TABLE vault ADD COLUMN salt BLOB NOT NULL DEFAULT x''");
    }
    salt_ = salt_in(database);
    if (!salt_.empty()) return; // another vault was quicker
    salt_ = salt;
    database.run("UPDATE vault SET salt = ?1 WHERE id = 1", store::Blob{salt_});
    if (keyed) take_over_keyed(database);
  });
}

// A company was known by a fingerprint that went with the key. What does not open with this key
// stays as it is: a person connects again, and keyed_fingerprint() still knows the company if the
// key does.
void Vault::take_over_keyed(store::Connection& database) {
  Sealed old;
  {
    store::Query row(database, "SELECT version, company, sealed FROM vault WHERE id = 1");
    if (!row.step()) return;
    old = {row.text(1), "", row.blob(2), row.integer(0)};
  }
  if (old.bytes.empty()) return;
  auto opened = unsealed(*key_, old.bytes, context_for(old.company, format_without_place));
  if (!opened) return;
  const Wiped wiped(*opened);
  auto connection = connection_from(*opened, format_without_place);
  if (!connection || keyed_fingerprint(connection->realm) != old.company) return;
  connection->place = inheritance_.place;
  const Sealed taken = seal(*connection, old.version + 1);
  database.run("UPDATE vault SET version = ?1, company = ?2, sealed = ?3, bound_company = "
               "CASE bound_company WHEN ?4 THEN ?2 ELSE bound_company END WHERE id = 1",
               taken.version, taken.company, store::Blob{taken.bytes}, old.company);
  inheritance_.renamed(database, old.company, taken.company);
}

Vault::~Vault() {
  try {
    still_unsaved();
  } catch (...) { // the key goes with us: nobody could ever open it
  }
}

Vault::Sealed Vault::seal(const Connection& connection, std::int64_t version) const {
  const std::string company = fingerprint(connection);
  std::string text = to_bytes(connection);
  const Wiped wiped(text);
  return {company, keyed_fingerprint(connection.realm), sealed(*key_, text, context_for(company)),
          version};
}

Vault::Versioned Vault::open(const Sealed& sealed) const {
  std::optional<std::string> opened = unsealed(*key_, sealed.bytes, context_for(sealed.company));
  if (!opened)
    throw Unsealable{"the stored connection does not open with this key, or it was changed"};
  const Wiped wiped(*opened);
  const std::optional<Connection> connection = connection_from(*opened);
  if (!connection || !is_named(*connection, sealed.company))
    throw Unsealable{"the stored connection is not what was stored"};
  return {*connection, sealed.version};
}

std::optional<Vault::Versioned> Vault::load() const {
  const std::lock_guard lock(mutex_);
  if (still_unsaved()) return open(*unsaved_);
  Sealed found;
  store_.read([&](store::Connection& database) {
    store::Query row(database, "SELECT version, company, sealed FROM vault WHERE id = 1");
    if (row.step()) found = {row.text(1), "", row.blob(2), row.integer(0)};
  });
  if (found.bytes.empty()) return std::nullopt;
  return open(found);
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
  const std::lock_guard lock(mutex_);
  const auto saved = put(seal(connection, if_version), nullptr);
  if (saved) unsaved_.reset();
  return saved;
}

std::optional<std::int64_t> Vault::connect(const Connection& connection, std::int64_t if_version,
                                           const std::function<void(store::Connection&)>& moving) {
  const std::lock_guard lock(mutex_);
  const auto saved = put(seal(connection, if_version), moving);
  if (saved) unsaved_.reset();
  return saved;
}

void Vault::keep_unsaved(const Connection& connection, std::int64_t if_version) {
  const std::lock_guard lock(mutex_);
  unsaved_ = seal(connection, if_version);
}

bool Vault::has_unsaved() const {
  const std::lock_guard lock(mutex_);
  return unsaved_.has_value();
}

// Once the disk takes it, or it is no longer the newest, it need not be kept.
bool Vault::still_unsaved() const {
  if (!unsaved_) return false;
  try {
    put(*unsaved_, nullptr);
  } catch (const store::Trouble&) {
    return true;
  } catch (const std::exception&) {
    return true;
  }
  unsaved_.reset();
  return false;
}

// nullopt: changed meanwhile.
std::optional<std::int64_t>
Vault::put(const Sealed& sealed, const std::function<void(store::Connection&)>& moving) const {
  std::optional<std::int64_t> saved;
  store_.write([&](store::Connection& database) {
    saved.reset();
    std::int64_t version = 0;
    bool none = true;
    std::string bound;
    {
      store::Query row(database,
                       "SELECT version, length(sealed), bound_company FROM vault WHERE id = 1");
      if (!row.step()) throw Unsealable{"the vault's table is empty"};
      version = row.integer(0);
      none = row.integer(1) == 0;
      bound = row.text(2);
    }
    const bool wants_none = sealed.version == 0;
    if (wants_none != none || (!wants_none && version != sealed.version)) return;
    if (bound == sealed.former_name) {
      inheritance_.renamed(database, bound, sealed.company);
    } else if (!bound.empty() && bound != sealed.company) {
      if (!moving) throw std::logic_error("a connection of another company");
      moving(database);
    }
    saved = version + 1;
    // One statement: a connection never stands beside the name of another company.
    database.run("UPDATE vault SET version = ?1, company = ?2, bound_company = ?2, sealed = ?3 "
                 "WHERE id = 1",
                 *saved, sealed.company, store::Blob{sealed.bytes});
  });
  return saved;
}

void Vault::wipe() {
  const std::lock_guard lock(mutex_);
  unsaved_.reset();
  // The version goes on, so that who holds an old one can never save over a later connection.
  store_.write([](store::Connection& database) {
    database.run("UPDATE vault SET sealed = zeroblob(length(sealed)) WHERE id = 1");
    database.run("UPDATE vault SET version = version + 1, company = '', sealed = x'' WHERE id = 1");
  });
  store_.empty_log();
}

std::string Vault::fingerprint(const std::string& environment, const std::string& realm) const {
  const std::string company = company_of(environment, realm);
  const std::lock_guard lock(fingerprints_mutex_);
  std::string& found = fingerprints_[company];
  if (found.empty()) found = hash_(salt_, "ledgerhook/quickbooks/company|" + company);
  return found;
}

// For a connection that was just opened: its seal is bound to the name, and seal() gives it no
// other than its company's. So a process that only uses the connection never makes the slow hash.
bool Vault::is_named(const Connection& connection, const std::string& fingerprint) const {
  const std::lock_guard lock(fingerprints_mutex_);
  const auto known = fingerprints_.try_emplace(
      company_of(connection.place.environment, connection.realm), fingerprint);
  return known.first->second == fingerprint;
}

// How a company was known before fingerprints had a salt.
std::string Vault::keyed_fingerprint(const std::string& realm) const {
  return keyed_hash(*key_, "ledgerhook/quickbooks/company|" + realm)
      .substr(0, 2 * fingerprint_size_bytes);
}

std::string Vault::bound_company() const {
  std::string bound;
  store_.read([&](store::Connection& database) {
    store::Query row(database, "SELECT bound_company FROM vault WHERE id = 1");
    if (row.step()) bound = row.text(0);
  });
  return bound;
}

bool Vault::is_bound_to(const std::string& environment, const std::string& realm) const {
  const std::string bound = bound_company();
  return !bound.empty() &&
         (bound == fingerprint(environment, realm) || bound == keyed_fingerprint(realm));
}

} // namespace qb::oauth
