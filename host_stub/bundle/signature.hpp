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
  std::string text;        // "RWQ...": the key itself, as it stands in a .pub file of minisign
  std::string fingerprint; // SHA-256 of the 32 bytes of the key, in hexadecimal digits
  // As minisign prints it. Whoever makes a key chooses it: a label, nothing to recognise a key by.
  std::string label;
};

// The text of a .pub file of minisign: a line of comment, a line with the key.
Outcome<PublicKey> parse_public_key(std::string_view text);
// That second line alone.
Outcome<PublicKey> parse_key_line(std::string_view line);

struct Verified {
  std::string comment; // the trusted one
  PublicKey key;
};

// `signature`: the text of a .minisig file. The problem says which check failed; ERP_E_NOT_FOUND:
// none of these keys made it.
Outcome<Verified> verify(std::string_view content, std::string_view signature,
                         const std::vector<PublicKey>& keys);

} // namespace host::bundle
