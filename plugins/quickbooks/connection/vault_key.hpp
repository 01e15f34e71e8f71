#pragma once

#include "host/services.hpp"
#include "oauth/key.hpp"

namespace qb::connection {

constexpr const char* vault_key_secret = "vault-key";
// Where a key goes that cannot be one, so that nothing is lost that somebody might still mend.
constexpr const char* damaged_key_secret = "vault-key.damaged";

// What the vault is sealed with, from the host's secrets (docs/adr/0007); made at the first time.
// One that is damaged is put aside and a new one made: what it sealed does not open any more, a
// person is told so (unopenable_words) and connects again.
oauth::Key vault_key(const host::Services& services);

} // namespace qb::connection
