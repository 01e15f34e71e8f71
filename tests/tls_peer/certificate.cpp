#include "tls_peer/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace tls_peer {

namespace {

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

void add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
  require(extension != nullptr, "make an extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void set_subject(X509* certificate, const char* name) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
}

Identity blank(const char* name, const Wishes& wishes) {
  Identity identity{{EVP_EC_gen("P-256"), FreeKey()}, {X509_new(), FreeCertificate()}};
  require(identity.key && identity.certificate, "make a key");
  X509* certificate = identity.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), wishes.valid_from_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate), wishes.valid_until_s);
  X509_set_pubkey(certificate, identity.key.get());
  set_subject(certificate, name);
  return identity;
}

} // namespace

std::string Identity::pem() const {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(memory);
  return text;
}

Identity make_authority() {
  Identity authority = blank("Example Test Authority", {});
  X509* certificate = authority.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign");
  require(X509_sign(certificate, authority.key.get(), EVP_sha256()) > 0, "sign");
  return authority;
}

Identity make_identity(const Identity* issuer, const Wishes& wishes) {
  Identity identity = blank("localhost", wishes);
  X509* certificate = identity.certificate.get();
  const Identity& signer = issuer ? *issuer : identity;
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
  std::string names;
  for (const std::string& name : wishes.names)
    names += (names.empty() ? "" : ",") + name;
  add_extension(certificate, signer.certificate.get(), NID_subject_alt_name, names);
  require(X509_sign(certificate, signer.key.get(), EVP_sha256()) > 0, "sign");
  return identity;
}

} // namespace tls_peer
