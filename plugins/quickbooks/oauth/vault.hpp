#pragma once

#include "oauth/connection.hpp"
#include "oauth/kept_key.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace qb::store {
class Connection;
class Database;
} // namespace qb::store

namespace qb::oauth {

// The vault holds something that this key does not open, or that was tampered with.
struct Unsealable {
  std::string what;
};

// What a vault of an earlier version did not know, for taking it over when it is opened.
struct Inheritance {
  Place place; // its connection is taken to be of here
  // In the same transaction: the company is known by another fingerprint from now on.
  std::function<void(store::Connection&, const std::string& was, const std::string& is)> renamed =
      [](store::Connection&, const std::string&, const std::string&) {};
};

// Makes the fingerprint of a company from the vault's salt. Slow on purpose: a realm is but digits,
// which somebody could try through who got hold of the file.
using SlowHash = std::function<std::string(std::string_view salt, std::string_view company)>;
std::string slow_company_hash(std::string_view salt, std::string_view company); // scrypt

// Where the connection lies: AES-256-GCM in the plugin's database, additional data bound to purpose
// and company, key outside of it (docs/adr/0007). One table, `vault`, made by the constructor. A
// connection in it is always of the company that the plugin is bound to. Threads: any.
class Vault {
 public:
  // `hash`: what makes fingerprints.
  Vault(store::Database& store, const Key& key, Inheritance inheritance = {},
        SlowHash hash = slow_company_hash);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  struct Versioned {
    Connection connection;
    std::int64_t version = 0; // never used twice, also over wipe()
  };
  // nullopt: none. Throws Unsealable if it cannot be opened with this key. What is kept unsaved is
  // saved first, and answered also where the disk still refuses it.
  std::optional<Versioned> load() const;
  // Of what is there, without opening it; 0: nothing. For connecting anew over what cannot be
  // opened.
  std::int64_t version() const;
  // Durable when it returns. The new version; nullopt: it was changed meanwhile (if_version no
  // longer holds; 0 = there must be none). The first connection binds the plugin to its company;
  // one of another company is a mistake of the caller (std::logic_error).
  std::optional<std::int64_t> save(const Connection& connection, std::int64_t if_version);
  // The same for a connection that a person just made, which may be of another company: then
  // `moving` runs in the same transaction, and what it throws leaves everything as it was.
  std::optional<std::int64_t> connect(const Connection& connection, std::int64_t if_version,
                                      const std::function<void(store::Connection&)>& moving);
  // For what save() threw at: keeps it in memory, sealed, until the disk takes it or somebody else
  // changes the connection. A new pair of tokens exists nowhere else.
  void keep_unsaved(const Connection& connection, std::int64_t if_version);
  bool has_unsaved() const;
  // Overwrites and forgets the connection, also in the write-ahead log.
  void wipe();

  // A company as this instance names it on the disk: tells nothing about the realm, and does not
  // depend on the key. The first time takes some tens of milliseconds, but for the company of a
  // connection that was opened.
  std::string fingerprint(const std::string& environment, const std::string& realm) const;
  std::string fingerprint(const Connection& connection) const {
    return fingerprint(connection.place.environment, connection.realm);
  }
  // The fingerprint of the company that the instance belongs to, "" if none; survives wipe() and
  // the loss of the key.
  std::string bound_company() const;
  bool is_bound_to(const std::string& environment, const std::string& realm) const;
  bool is_bound_to(const Connection& connection) const {
    return is_bound_to(connection.place.environment, connection.realm);
  }

 private:
  struct Sealed {
    std::string company, former_name, bytes;
    std::int64_t version = 0; // that it was read with, or may be written over
  };
  Sealed seal(const Connection& connection, std::int64_t version) const;
  Versioned open(const Sealed& sealed) const;
  bool is_named(const Connection& connection, const std::string& fingerprint) const;
  std::optional<std::int64_t> put(const Sealed& sealed,
                                  const std::function<void(store::Connection&)>& moving) const;
  bool still_unsaved() const;
  std::string keyed_fingerprint(const std::string& realm) const;
  void make_table();
  void take_over_keyed(store::Connection& database);

  store::Database& store_;
  const KeptKey key_;
  const Inheritance inheritance_;
  const SlowHash hash_;
  std::string salt_;
  mutable std::mutex mutex_; // guards unsaved_; taken before the store's
  mutable std::optional<Sealed> unsaved_;
  mutable std::mutex fingerprints_mutex_;
  mutable std::map<std::string, std::string> fingerprints_; // by environment and realm
};

} // namespace qb::oauth
