#include "oauth/wipe.hpp"

#include <openssl/crypto.h>

namespace qb::oauth {

void wipe(std::string& secret) {
  secret.resize(secret.capacity()); // never reallocates
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

void replace(std::string& secret, const std::string& by) {
  wipe(secret);
  secret = by;
}

} // namespace qb::oauth
