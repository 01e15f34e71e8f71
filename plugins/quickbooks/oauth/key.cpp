#include "oauth/key.hpp"

#include "oauth/wipe.hpp"

#include <algorithm>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <system_error>

namespace qb::oauth {

namespace {

constexpr std::size_t key_text_length = 44; // base64 of 32 bytes

} // namespace

Key::~Key() {
  OPENSSL_cleanse(data(), size());
}

Key make_key() {
  Key key{};
  if (RAND_priv_bytes(key.data(), static_cast<int>(key.size())) != 1)
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                            "the system gives no random numbers");
  return key;
}

std::string key_to_text(const Key& key) {
  std::string text(key_text_length + 1, '\0'); // EVP_EncodeBlock ends with a zero byte
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), key.data(),
                  static_cast<int>(key.size()));
  text.resize(key_text_length);
  return text;
}

std::optional<Key> key_from_text(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  // 32 bytes end in exactly one '='; OpenSSL's decoder would be more lenient than that.
  if (text.size() != key_text_length || text.back() != '=') return std::nullopt;
  if (text.find('=') != key_text_length - 1) return std::nullopt;
  std::string decoded(key_text_length, '\0');
  const Wiped wiped(decoded);
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size != 33) return std::nullopt; // it counts the padding as a byte
  Key key{};
  std::copy_n(decoded.begin(), key.size(), key.begin());
  return key;
}

} // namespace qb::oauth
