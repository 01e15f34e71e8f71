#pragma once

#include "oauth/key.hpp"

#include <optional>
#include <string>
#include <string_view>

// AES-256-GCM: nobody reads it without the key, nobody changes it unseen, and it opens only for the
// context it was made for.
namespace qb::oauth {

constexpr std::size_t nonce_size_bytes = 12;
constexpr std::size_t tag_size_bytes = 16;

// nonce, ciphertext, tag. A fresh random nonce each time.
std::string sealed(const Key& key, std::string_view text, std::string_view context);
// nullopt: another key, another context, or it was changed.
std::optional<std::string> unsealed(const Key& key, std::string_view bytes,
                                    std::string_view context);
// HMAC-SHA256 in lower-case hex.
std::string keyed_hash(const Key& key, std::string_view text);
// scrypt in lower-case hex, slow on purpose (tens of milliseconds): for texts that could be guessed
// one after the other, as a company's id could.
std::string slow_hash(std::string_view salt, std::string_view text, std::size_t size_bytes);
std::string random_bytes(std::size_t size_bytes);

} // namespace qb::oauth
