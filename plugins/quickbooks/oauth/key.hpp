#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace qb::oauth {

// What the vault is sealed with. Lies outside the database (docs/adr/0007).
// Its memory is overwritten when it goes away.
struct Key : std::array<unsigned char, 32> {
  ~Key();
};

Key make_key();                          // from the operating system
std::string key_to_text(const Key& key); // base64
std::optional<Key> key_from_text(std::string_view text);

} // namespace qb::oauth
