#pragma once

#include "outcome/problem.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

// Signatures as minisign makes them: Ed25519 over BLAKE2b-512 of the file, and once more over that
// signature with its trusted comment. The older form, which signs the file itself, is refused.
namespace host::bundle {

struct PublicKey {
  std::array<unsigned char, 8> id{};
  std::array<unsigned char, 32> key{};
  std::string name; // "D7A6E0F1B2C3D4E5", as minisign prints it
};

// The text of a .pub file of minisign.
Outcome<PublicKey> parse_public_key(std::string_view text);

struct Verified {
  std::string comment; // the trusted one
  std::string key;     // PublicKey::name
};

// `signature`: the text of a .minisig file. The problem says which check failed; with no key that
// fits, which key would be needed.
Outcome<Verified> verify(std::string_view content, std::string_view signature,
                         const std::vector<PublicKey>& keys);

} // namespace host::bundle
