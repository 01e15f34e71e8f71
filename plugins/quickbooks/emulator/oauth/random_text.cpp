#include "oauth/random_text.hpp"

#include <openssl/rand.h>
#include <stdexcept>
#include <string_view>

namespace emulator::oauth {

namespace {

std::string random_of(std::string_view alphabet, std::size_t length) {
  std::string out(length, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(length)) != 1)
    throw std::runtime_error("no random bytes");
  for (char& c : out)
    c = alphabet[static_cast<unsigned char>(c) % alphabet.size()];
  return out;
}

} // namespace

// 64 symbols divide 256, so that every one is as likely as the others.
std::string random_text(std::size_t length) {
  return random_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", length);
}

std::string random_hex(std::size_t length) {
  return random_of("0123456789abcdef", length);
}

} // namespace emulator::oauth
