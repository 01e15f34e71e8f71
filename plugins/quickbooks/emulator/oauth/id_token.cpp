#include "oauth/id_token.hpp"

#include <cstdio>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace emulator::oauth {

struct IdTokenSigner::Key {
  EVP_PKEY* pair = nullptr;
  ~Key() { EVP_PKEY_free(pair); }
};

namespace {

constexpr const char* key_id = "emulator-1";
constexpr int key_bits = 2048;

std::string base64url(const std::string& bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  while (!out.empty() && out.back() == '=')
    out.pop_back();
  for (char& c : out)
    c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

std::string signature(EVP_PKEY* key, const std::string& text) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  std::string out(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
  std::size_t length = out.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length,
                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1)
    throw std::runtime_error("id token: cannot sign");
  out.resize(length);
  return out;
}

std::string number_base64url(const EVP_PKEY* key, const char* parameter) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, parameter, &number) != 1)
    throw std::runtime_error("id token: the key has no number");
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return base64url(bytes);
}

} // namespace

IdTokenSigner::IdTokenSigner(std::filesystem::path key_file) : key_file_(std::move(key_file)) {}

IdTokenSigner::Key& IdTokenSigner::key() const {
  const std::scoped_lock lock(mutex_);
  if (key_) return *key_;
  auto made = std::make_unique<Key>();
  if (FILE* in = std::fopen(key_file_.c_str(), "r")) {
    made->pair = PEM_read_PrivateKey(in, nullptr, nullptr, nullptr);
    std::fclose(in);
  }
  if (!made->pair) {
    made->pair = EVP_RSA_gen(static_cast<unsigned>(key_bits));
    const int out = ::open(key_file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE* file = out < 0 ? nullptr : ::fdopen(out, "w");
    if (!made->pair || !file ||
        PEM_write_PrivateKey(file, made->pair, nullptr, nullptr, 0, nullptr, nullptr) != 1)
      throw std::runtime_error("cannot write " + key_file_.string());
    std::fclose(file);
  }
  key_ = std::move(made);
  return *key_;
}

IdTokenSigner::~IdTokenSigner() = default;

std::string IdTokenSigner::id_token(const std::string& issuer, const std::string& client_id,
                                    const std::string& realm, Instant now) const {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const nlohmann::json head{{"alg", "RS256"}, {"kid", key_id}, {"typ", "JWT"}};
  const nlohmann::json claims{
      {"iss", issuer},        {"sub", user_subject},  {"aud", nlohmann::json::array({client_id})},
      {"realmid", realm},     {"auth_time", seconds}, {"iat", seconds},
      {"exp", seconds + 3600}};
  const std::string text = base64url(head.dump()) + '.' + base64url(claims.dump());
  return text + '.' + base64url(signature(key().pair, text));
}

std::string IdTokenSigner::jwks() const {
  return nlohmann::json{{"keys",
                         {{{"kty", "RSA"},
                           {"use", "sig"},
                           {"alg", "RS256"},
                           {"kid", key_id},
                           {"n", number_base64url(key().pair, OSSL_PKEY_PARAM_RSA_N)},
                           {"e", number_base64url(key().pair, OSSL_PKEY_PARAM_RSA_E)}}}}}
      .dump();
}

} // namespace emulator::oauth
