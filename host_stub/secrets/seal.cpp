#include "secrets/seal.hpp"

#include <algorithm>
#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace host::secrets {
namespace {

constexpr std::size_t nonce_length_bytes = 12;
constexpr std::size_t tag_length_bytes = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Context new_context() {
  return {EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void must(int answer) {
  if (answer != 1) throw std::runtime_error("OpenSSL refused to encrypt");
}

} // namespace

std::string random_bytes(std::size_t count) {
  std::string result(count, '\0');
  if (RAND_bytes(bytes_of(result), static_cast<int>(count)) != 1)
    throw std::runtime_error("the system gives no random bytes");
  return result;
}

Key make_key() {
  const std::string bytes = random_bytes(std::tuple_size_v<Key>);
  Key key;
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

std::string seal(const Key& key, std::string_view bound_to, std::string_view text) {
  const std::string nonce = random_bytes(nonce_length_bytes);
  std::string cipher(text.size(), '\0');
  std::string tag(tag_length_bytes, '\0');
  const Context context = new_context();
  int length = 0;
  must(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(nonce)));
  must(EVP_EncryptUpdate(context.get(), nullptr, &length, bytes_of(bound_to),
                         static_cast<int>(bound_to.size())));
  must(EVP_EncryptUpdate(context.get(), bytes_of(cipher), &length, bytes_of(text),
                         static_cast<int>(text.size())));
  must(EVP_EncryptFinal_ex(context.get(), bytes_of(cipher) + length, &length));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_length_bytes, tag.data()));
  return nonce + tag + cipher;
}

Outcome<std::string> unseal(const Key& key, std::string_view bound_to, std::string_view sealed) {
  const auto damaged = [] {
    return problem("the file is damaged, or was sealed with another key", ERP_E_STORAGE);
  };
  if (sealed.size() < nonce_length_bytes + tag_length_bytes) return damaged();
  const std::string_view nonce = sealed.substr(0, nonce_length_bytes);
  std::string tag(sealed.substr(nonce_length_bytes, tag_length_bytes));
  const std::string_view cipher = sealed.substr(nonce_length_bytes + tag_length_bytes);
  std::string text(cipher.size(), '\0');
  const Context context = new_context();
  int length = 0;
  const bool opened =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(nonce)) ==
          1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &length, bytes_of(bound_to),
                        static_cast<int>(bound_to.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), bytes_of(text), &length, bytes_of(cipher),
                        static_cast<int>(cipher.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_length_bytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), bytes_of(text) + length, &length) == 1;
  if (!opened) return damaged();
  return text;
}

std::string make_event_id() {
  std::string bytes = random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

} // namespace host::secrets
