#pragma once

#include "bundle/limits.hpp"
#include "bundle/manifest.hpp"
#include "bundle/signature.hpp"
#include "bundle/unpack.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace host::bundle {

// By its name: *.tar.gz.
bool is_bundle(const std::filesystem::path& path);

struct Opened {
  Manifest manifest;
  std::optional<Verified> signature; // nothing: unsigned, and that was allowed
};

// What a marketplace says of one file.
struct Promised {
  std::string id, version, platform;
  std::uint64_t size_bytes = 0;
  std::string sha256;
};

struct Terms {
  std::vector<PublicKey> keys;
  bool unsigned_allowed = false; // a signature that is there must be good all the same
  Limits limits = {};
  Place place = this_place();
  std::optional<Promised> promised = {}; // the bundle must be exactly this one
};

// The steps of open(), for who wants to be told of each and not only of the first that fails
// (validate/). Their problems say "it" of the bundle.

// Whole, into memory: what is verified is what is unpacked, even if the file changes meanwhile.
Outcome<std::string> content_of(const std::filesystem::path& file, std::uint64_t max_bytes);

// By which key; nothing: unsigned, and that was allowed.
Outcome<std::optional<Verified>> verified(const std::filesystem::path& file,
                                          const std::string& content, const Terms& terms);

// The plugin.json of what was unpacked into `folder`. ERP_E_DENIED: the signature is for something
// else. Any other problem: it cannot be understood, or the folder or the library is not what it
// says.
Outcome<Manifest> checked_manifest(const std::filesystem::path& folder, const Unpacked& unpacked,
                                   const std::optional<Verified>& signature);

// All of them, in the one safe order. Verifies a bundle, with its signature in FILE.minisig beside
// it, and unpacks it into `folder`, which exists and is empty. Nothing in it is run. A problem
// names the file and says what to do.
Outcome<Opened> open(const std::filesystem::path& file, const std::filesystem::path& folder,
                     const Terms& terms);

} // namespace host::bundle
