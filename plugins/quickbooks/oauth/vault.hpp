#pragma once

#include "oauth/connection.hpp"
#include "oauth/key.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace qb::store {
class Database;
}

namespace qb::oauth {

// The vault holds something that this key does not open, or that was tampered with.
struct Unsealable {
  std::string what;
};

// Where the connection lies: AES-256-GCM in the plugin's database, additional data bound to purpose
// and company, key outside of it (docs/adr/0007). One table, `vault`, made by the constructor.
// Threads: any.
class Vault {
 public:
  Vault(store::Database& store, const Key& key);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  struct Versioned {
    Connection connection;
    std::int64_t version = 0; // never used twice, also over wipe()
  };
  // nullopt: none. Throws Unsealable if it cannot be opened with this key.
  std::optional<Versioned> load() const;
  // Of what is there, without opening it; 0: nothing. For connecting anew over what cannot be
  // opened.
  std::int64_t version() const;
  // Durable when it returns. The new version; nullopt: it was changed meanwhile (if_version no
  // longer holds; 0 = there must be none).
  std::optional<std::int64_t> save(const Connection& connection, std::int64_t if_version);
  // Overwrites and forgets the connection, also in the write-ahead log.
  void wipe();

  // The company this instance is bound to (docs/adr/0011), as a fingerprint that tells nothing about
  // the realm.
  std::string fingerprint(const std::string& realm) const;
  std::optional<std::string> bound_company() const; // fingerprint; survives wipe()
  void bind_company(const std::string& fingerprint);

 private:
  store::Database& store_;
  Key key_;
};

} // namespace qb::oauth
