#pragma once

#include "outcome/problem.hpp"

#include <array>
#include <string>
#include <string_view>

namespace host::secrets {

// A 256-bit key for AES-256-GCM.
using Key = std::array<unsigned char, 32>;

Key make_key();

// nonce, tag, ciphertext. `bound_to` must be the same to open it again: a sealed text moved to
// another place does not open there.
std::string seal(const Key& key, std::string_view bound_to, std::string_view text);
Outcome<std::string> unseal(const Key& key, std::string_view bound_to, std::string_view sealed);

std::string random_bytes(std::size_t count);
// Version 4 UUID.
std::string make_event_id();

} // namespace host::secrets
