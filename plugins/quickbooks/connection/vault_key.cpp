#include "connection/vault_key.hpp"

#include "oauth/wipe.hpp"

namespace qb::connection {
namespace {

constexpr int tries_max = 3; // somebody else may make one at the same time

bool put_fresh_key(const host::Services& services, std::uint64_t if_version) {
  std::string text = oauth::key_to_text(oauth::make_key());
  const oauth::Wiped wiped(text);
  return services.put_secret(vault_key_secret, text, if_version);
}

} // namespace

oauth::Key vault_key(const host::Services& services) {
  for (int tries = 0; tries < tries_max; ++tries) {
    const auto held = services.versioned_secret(vault_key_secret);
    if (held)
      if (const auto key = oauth::key_from_text(held->text)) return *key;
    if (held) {
      services.put_secret(damaged_key_secret, held->text, 0); // the first one stays
      services.log(ERP_LOG_WARNING,
                   "the key of the token vault is damaged; a new one takes its place",
                   {{"kept_as", damaged_key_secret}});
    }
    put_fresh_key(services, held ? held->version : 0);
  }
  throw erp::Failure{ERP_E_CONFIG, "The host's secrets do not keep the key of the token vault "
                                   "(\"vault-key\"). See that they can be written."};
}

} // namespace qb::connection
