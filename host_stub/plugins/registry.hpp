#pragma once

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
  std::int64_t installed_at = 0;      // microseconds since 1970
  std::string signature = "unsigned"; // or "side-loaded": with a key that the administrator added
  std::string signed_by;              // the name of that key
  StateVersions states;
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

 private:
  store::Database& database_;
};

} // namespace host::plugins
