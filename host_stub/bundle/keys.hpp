#pragma once

#include "bundle/signature.hpp"
#include "home/folders.hpp"

#include <filesystem>
#include <vector>

// The publishers' public keys that the administrator of this home trusts: HOME/keys/*.pub, under
// whatever name; those added here are called by their fingerprint.
namespace host::bundle {

struct KeyFile {
  PublicKey key;
  std::filesystem::path file;
};

// In the order of their fingerprints. Every file is read once.
Outcome<std::vector<KeyFile>> key_files(const home::Folders& folders);
Outcome<std::vector<PublicKey>> trusted_keys(const home::Folders& folders);

// A public key from a .pub file of minisign.
Outcome<PublicKey> read_key(const std::filesystem::path& file);

// Trusting it twice is no problem.
Outcome<PublicKey> add_key(const home::Folders& folders, const std::filesystem::path& file);

// `name`: its fingerprint, enough of its first digits, or the key itself. Every file that holds it
// goes; what was installed with it stays. ERP_E_NOT_FOUND, ERP_E_CONFLICT: none, or several keys.
Outcome<PublicKey> remove_key(const home::Folders& folders, const std::string& name);

} // namespace host::bundle
