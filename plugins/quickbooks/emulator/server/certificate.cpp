#include "server/certificate.hpp"

#include <cstdio>
#include <memory>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace emulator::server {

namespace {

using std::filesystem::path;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<FILE, decltype(&std::fclose)>;

constexpr long second_per_day = 24 * 3600;
constexpr long ca_days = 3650;
constexpr long leaf_days = 397;
constexpr long renew_before_days = 7;

[[noreturn]] void fail(const std::string& what) {
  char reason[256] = "";
  ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
  throw std::runtime_error("certificate: " + what + " (" + reason + ")");
}

Key new_key() {
  Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  if (!key) fail("no key could be made");
  return key;
}

void extend(X509* certificate, X509* issuer, int id, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
  if (!extension) fail(std::string("extension ") + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate unsigned_certificate(EVP_PKEY* key, const char* common_name, long days) {
  Certificate made(X509_new(), X509_free);
  X509_set_version(made.get(), X509_VERSION_3);
  unsigned char serial[8];
  if (RAND_bytes(serial, sizeof serial) != 1) fail("no random serial number");
  serial[0] &= 0x7f; // a positive number
  BIGNUM* number = BN_bin2bn(serial, sizeof serial, nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(made.get()));
  BN_free(number);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -second_per_day);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), days * second_per_day);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
  X509_set_pubkey(made.get(), key);
  return made;
}

Certificate new_ca(EVP_PKEY* key) {
  auto made = unsigned_certificate(key, "qbo-emulator local CA", ca_days);
  X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
  extend(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  extend(made.get(), made.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  extend(made.get(), made.get(), NID_subject_key_identifier, "hash");
  if (X509_sign(made.get(), key, EVP_sha256()) == 0) fail("the CA could not be signed");
  return made;
}

Certificate new_leaf(EVP_PKEY* key, X509* ca, EVP_PKEY* ca_key) {
  auto made = unsigned_certificate(key, "localhost", leaf_days);
  X509_set_issuer_name(made.get(), X509_get_subject_name(ca));
  extend(made.get(), ca, NID_basic_constraints, "critical,CA:FALSE");
  extend(made.get(), ca, NID_key_usage, "critical,digitalSignature");
  extend(made.get(), ca, NID_ext_key_usage, "serverAuth");
  extend(made.get(), ca, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
  extend(made.get(), ca, NID_subject_key_identifier, "hash");
  extend(made.get(), ca, NID_authority_key_identifier, "keyid:always");
  if (X509_sign(made.get(), ca_key, EVP_sha256()) == 0) fail("the leaf could not be signed");
  return made;
}

File opened(const path& file, const char* mode) {
  return {std::fopen(file.c_str(), mode), std::fclose};
}

Certificate stored_certificate(const path& file) {
  const auto in = opened(file, "r");
  return {in ? PEM_read_X509(in.get(), nullptr, nullptr, nullptr) : nullptr, X509_free};
}

Key stored_key(const path& file) {
  const auto in = opened(file, "r");
  return {in ? PEM_read_PrivateKey(in.get(), nullptr, nullptr, nullptr) : nullptr, EVP_PKEY_free};
}

// Written beside and renamed, and never readable by others, not even for a moment.
template <class Write>
void store(const path& file, Write write) {
  const path draft = file.string() + ".new";
  std::filesystem::remove(draft);
  const mode_t before = umask(077);
  auto out = opened(draft, "w");
  umask(before);
  if (!out || write(out.get()) != 1 || std::fflush(out.get()) != 0) fail("write " + draft.string());
  out.reset();
  std::filesystem::rename(draft, file);
}

void store(const path& file, EVP_PKEY* key) {
  store(file, [key](FILE* out) {
    return PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

void store(const path& file, X509* certificate) {
  store(file, [certificate](FILE* out) { return PEM_write_X509(out, certificate); });
  std::filesystem::permissions(file, std::filesystem::perms(0644));
}

bool usable(X509* certificate, EVP_PKEY* key, X509* issuer) {
  if (!certificate || !key || X509_check_private_key(certificate, key) != 1) return false;
  std::time_t soon = std::time(nullptr) + renew_before_days * second_per_day;
  if (X509_cmp_time(X509_get0_notAfter(certificate), &soon) <= 0) return false;
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> signer(X509_get_pubkey(issuer),
                                                                   EVP_PKEY_free);
  return X509_verify(certificate, signer.get()) == 1;
}

} // namespace

KeyPair own_key_pair(const path& folder) {
  std::filesystem::create_directories(folder);
  const path ca_file = folder / "ca.pem", ca_key_file = folder / "ca.key.pem";
  const KeyPair leaf_files{folder / "leaf.pem", folder / "leaf.key.pem"};

  auto ca_key = stored_key(ca_key_file);
  auto ca = stored_certificate(ca_file);
  if (!ca || !usable(ca.get(), ca_key.get(), ca.get())) {
    ca_key = new_key();
    ca = new_ca(ca_key.get());
    store(ca_key_file, ca_key.get());
    store(ca_file, ca.get());
  }
  auto leaf_key = stored_key(leaf_files.key);
  auto leaf = stored_certificate(leaf_files.certificate);
  if (!usable(leaf.get(), leaf_key.get(), ca.get())) {
    leaf_key = new_key();
    leaf = new_leaf(leaf_key.get(), ca.get(), ca_key.get());
    store(leaf_files.key, leaf_key.get());
    store(leaf_files.certificate, leaf.get());
  }
  ERR_clear_error();
  return leaf_files;
}

} // namespace emulator::server
