#pragma once

#include "bundle/signature.hpp"
#include "home/folders.hpp"

#include <filesystem>
#include <vector>

// The publishers' public keys that the administrator of this home trusts: HOME/keys/NAME.pub.
namespace host::bundle {

Outcome<std::vector<PublicKey>> trusted_keys(const home::Folders& folders);

// A .pub file of minisign.
Outcome<PublicKey> read_key(const std::filesystem::path& file);

// ERP_E_CONFLICT: another key has the same name.
Outcome<PublicKey> add_key(const home::Folders& folders, const std::filesystem::path& file);

// What was installed with it stays. ERP_E_NOT_FOUND: there is none of that name.
Outcome<void> remove_key(const home::Folders& folders, const std::string& name);

} // namespace host::bundle
