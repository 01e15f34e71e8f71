#pragma once

#include <string>

namespace qb::oauth {

// Overwrites a secret in memory, as far as this string still holds it, and empties it.
void wipe(std::string& secret);

// The former text is overwritten, also where the new one needs more room.
void replace(std::string& secret, const std::string& by);

// Wipes a text that is only needed for a while, however the scope is left.
class Wiped {
 public:
  explicit Wiped(std::string& secret) : secret_(secret) {}
  ~Wiped() { wipe(secret_); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;

 private:
  std::string& secret_;
};

} // namespace qb::oauth
