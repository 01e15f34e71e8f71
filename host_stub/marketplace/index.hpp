#pragma once

#include "bundle/manifest.hpp"
#include "marketplace/document.hpp"

#include <optional>

namespace host::marketplace {

constexpr const char* index_name = "index.json";

// One bundle that the marketplace offers. Texts are the publisher's own: for people, not to be
// trusted in how they steer a screen.
struct Entry {
  std::string id, name, category, summary, publisher;
  std::vector<std::string> does, touches, needs;
  std::string version, platform, channel, changelog;
  std::string file; // beside index.json, with FILE.minisig
  std::uint64_t size_bytes = 0;
  std::string sha256;
  bundle::PublicKey key;    // whose signature FILE.minisig holds
  bundle::Manifest fitting; // what bundle::fits() looks at
  bundle::Permissions permissions;
};

// Versions of a plugin that must not run any more, and why.
struct Revocation {
  std::string id;
  std::vector<std::string> versions; // empty: all
  std::string reason;
};

struct Index {
  Standing standing;
  std::vector<Entry> entries;
  std::vector<Revocation> revoked;

  // Why this version must not run; nothing: it may.
  std::optional<std::string> revoked_because(const std::string& id,
                                             const std::string& version) const;
};

// Does not look at the time: see check_time().
Outcome<Index> read_index(const Document& document, const std::vector<bundle::PublicKey>& keys);

} // namespace host::marketplace
