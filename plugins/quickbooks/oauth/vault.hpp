#pragma once

#include "erp/sdk/document.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qb::store {
class Database;
}

namespace qb::oauth {

// What a connection consists of. Never logged, never printed.
struct Connection {
  std::string realm; // Intuit's company id
  std::string company_name;
  std::string refresh_token;
  std::string previous_refresh_token;       // kept until the new one is proven (decision 6)
  erp::Instant refresh_expires_at = 0;      // rolling, 100 days
  erp::Instant refresh_hard_expires_at = 0; // five years at most; 0: not told
  std::string access_token;
  erp::Instant access_expires_at = 0;
  bool refresh_in_flight = false; // the intent, written before the call
  bool reconnect_needed = false;
};

using Key = std::array<unsigned char, 32>;

// Where the connection lies: AES-256-GCM in the plugin's database, additional data bound to purpose
// and company, key outside of it (decision 7). Threads: any.
class Vault {
 public:
  Vault(store::Database& store, Key key) : store_(store), key_(key) {}
  ~Vault();

  struct Versioned {
    Connection connection;
    std::int64_t version = 0;
  };
  // nullopt: none. Throws Unsealable if it cannot be opened with this key.
  std::optional<Versioned> load() const;
  // Durable when it returns. False: it was changed meanwhile (if_version no longer holds; 0 = there
  // must be none).
  bool save(const Connection& connection, std::int64_t if_version);
  void wipe();

  // The company this instance is bound to (decision 17), as a fingerprint that tells nothing about
  // the realm.
  std::string fingerprint(const std::string& realm) const;
  std::optional<std::string> bound_company() const; // fingerprint; survives wipe()
  void bind_company(const std::string& fingerprint);

 private:
  store::Database& store_;
  Key key_;
};

struct Unsealable {
  std::string what;
};

// 32 bytes from the operating system.
Key make_key();
std::string key_to_text(const Key& key); // base64
std::optional<Key> key_from_text(std::string_view text);

} // namespace qb::oauth
