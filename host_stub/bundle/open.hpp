#pragma once

#include "bundle/limits.hpp"
#include "bundle/manifest.hpp"
#include "bundle/signature.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace host::bundle {

// By its name: *.tar.gz.
bool is_bundle(const std::filesystem::path& path);

struct Opened {
  Manifest manifest;
  std::optional<Verified> signature; // nothing: unsigned, and that was allowed
};

struct Terms {
  std::vector<PublicKey> keys;
  bool unsigned_allowed = false; // a signature that is there must be good all the same
  Limits limits = {};
  Place place = this_place();
};

// Verifies a bundle, with its signature in FILE.minisig beside it, and unpacks it into `folder`,
// which exists and is empty. Nothing in it is run. A problem names the file and says what to do.
Outcome<Opened> open(const std::filesystem::path& file, const std::filesystem::path& folder,
                     const Terms& terms);

} // namespace host::bundle
