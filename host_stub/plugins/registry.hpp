#pragma once

#include "bundle/manifest.hpp"
#include "plugins/state_versions.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::plugins {

struct Installed {
  std::string id, name, version;
  std::string library; // relative to DIR/plugins
  std::string sha256;  // of the library, as it was installed
  bool enabled = false;
  std::int64_t installed_at = 0; // microseconds since 1970
  // "verified": a marketplace vouched for it; "side-loaded": signed with a key that the
  // administrator added; "unsigned".
  std::string signature = "unsigned";
  std::string signed_by; // the fingerprint of the key
  StateVersions states;
  std::string content_sha256; // see content_digest(); empty: installed before that was written down
  // What was granted. Nothing: it came without a manifest and has every service.
  std::optional<bundle::Permissions> permissions;
};

// A version that a marketplace withdrew; an empty one stands for all.
struct Revoked {
  std::string id, version, reason;
};

// Which plugins this home has. Any thread. Throws SQLite::Exception when the disk refuses.
class Registry {
 public:
  explicit Registry(store::Database& database) : database_(database) {}
  std::vector<Installed> list();
  std::optional<Installed> find(const std::string& id);
  // As find, with words for a person who mistyped the id.
  Outcome<Installed> need(const std::string& id);
  // Disabled; what was counted and delivered stays. A trial is over, and there is no version before
  // this one.
  void put(const Installed& plugin);
  void set_enabled(const std::string& id, bool enabled);

  void replace_revocations(const std::vector<Revoked>& revoked);
  // Why this version must not run; nothing: it may.
  std::optional<std::string> revoked_because(const std::string& id, const std::string& version);

 private:
  store::Database& database_;
};

} // namespace host::plugins
