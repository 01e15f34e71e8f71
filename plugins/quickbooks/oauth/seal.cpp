#include "oauth/seal.hpp"

#include "oauth/wipe.hpp"

#include <array>
#include <memory>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <system_error>

namespace qb::oauth {

namespace {

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* cipher) const { EVP_CIPHER_CTX_free(cipher); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

Cipher make_cipher() {
  Cipher cipher(EVP_CIPHER_CTX_new());
  if (!cipher) throw std::bad_alloc();
  return cipher;
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void require(int done) {
  if (done != 1)
    throw std::system_error(std::make_error_code(std::errc::not_enough_memory),
                            "encryption failed");
}

std::string hex_of(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (std::size_t i = 0; i < size; ++i) {
    hex += digits[bytes[i] >> 4];
    hex += digits[bytes[i] & 15];
  }
  return hex;
}

} // namespace

std::string sealed(const Key& key, std::string_view text, std::string_view context) {
  std::string nonce = random_bytes(nonce_size_bytes);
  const Cipher cipher = make_cipher();
  std::string ciphertext(text.size(), '\0');
  std::string tag(tag_size_bytes, '\0');
  int size = 0;
  require(
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(nonce)));
  require(EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(context),
                            static_cast<int>(context.size())));
  require(EVP_EncryptUpdate(cipher.get(), bytes_of(ciphertext), &size, bytes_of(text),
                            static_cast<int>(text.size())));
  require(EVP_EncryptFinal_ex(cipher.get(), bytes_of(tag), &size)); // GCM: writes nothing
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size_bytes, tag.data()));
  return nonce + ciphertext + tag;
}

std::optional<std::string> unsealed(const Key& key, std::string_view bytes,
                                    std::string_view context) {
  if (bytes.size() < nonce_size_bytes + tag_size_bytes) return std::nullopt;
  const std::string_view nonce = bytes.substr(0, nonce_size_bytes);
  std::string tag(bytes.substr(bytes.size() - tag_size_bytes));
  const std::string_view ciphertext =
      bytes.substr(nonce_size_bytes, bytes.size() - nonce_size_bytes - tag_size_bytes);
  const Cipher cipher = make_cipher();
  std::string text(ciphertext.size(), '\0');
  std::array<unsigned char, tag_size_bytes> rest{};
  int size = 0;
  require(
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(nonce)));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size_bytes, tag.data()));
  require(EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytes_of(context),
                            static_cast<int>(context.size())));
  require(EVP_DecryptUpdate(cipher.get(), bytes_of(text), &size, bytes_of(ciphertext),
                            static_cast<int>(ciphertext.size())));
  if (EVP_DecryptFinal_ex(cipher.get(), rest.data(), &size) != 1) {
    wipe(text); // not vouched for: nobody may see it
    return std::nullopt;
  }
  return text;
}

std::string keyed_hash(const Key& key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(),
            hash.data(), &size))
    throw std::system_error(std::make_error_code(std::errc::not_enough_memory), "hashing failed");
  return hex_of(hash.data(), size);
}

std::string slow_hash(std::string_view salt, std::string_view text, std::size_t size_bytes) {
  constexpr std::uint64_t rounds = 1 << 14, block_size = 8, lanes = 1; // 16 MiB
  constexpr std::uint64_t memory_max_bytes = 64u << 20;
  std::string hash(size_bytes, '\0');
  require(EVP_PBE_scrypt(text.data(), text.size(), bytes_of(salt), salt.size(), rounds, block_size,
                         lanes, memory_max_bytes, bytes_of(hash), hash.size()));
  return hex_of(bytes_of(hash), hash.size());
}

std::string random_bytes(std::size_t size_bytes) {
  std::string bytes(size_bytes, '\0');
  if (RAND_bytes(bytes_of(bytes), static_cast<int>(bytes.size())) != 1)
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                            "the system gives no random numbers");
  return bytes;
}

} // namespace qb::oauth
