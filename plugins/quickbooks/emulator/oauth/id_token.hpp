#pragma once
#include "books/instant.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace emulator::oauth {

// Signs OpenID id tokens (RS256) with a key that is kept in a file. Any thread.
class IdTokenSigner {
 public:
  // The key is read, or made if missing, when it is first needed: making one takes its time.
  explicit IdTokenSigner(std::filesystem::path key_file);
  ~IdTokenSigner();

  std::string id_token(const std::string& issuer, const std::string& client_id,
                       const std::string& realm, Instant now) const;
  std::string jwks() const; // the JSON of /op/v1/jwks

 private:
  struct Key;
  Key& key() const; // throws std::runtime_error when it cannot be made
  std::filesystem::path key_file_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Key> key_;
};

// One fictional person signs in at every consent.
inline constexpr const char* user_subject = "b0a1c2d3-0000-4000-8000-00000000f1c7";

} // namespace emulator::oauth
