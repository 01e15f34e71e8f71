#pragma once

#include <memory>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string>
#include <vector>

namespace tls_peer {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

// A certificate and its key.
struct Identity {
  std::shared_ptr<EVP_PKEY> key;
  std::shared_ptr<X509> certificate;
  std::string pem() const; // the certificate
};

struct Wishes {
  std::vector<std::string> names{"DNS:localhost", "IP:127.0.0.1", "IP:::1"};
  long valid_from_s = -3600; // from now
  long valid_until_s = 3600;
};

Identity make_authority();
// issuer null: it signs itself.
Identity make_identity(const Identity* issuer, const Wishes& wishes = {});

} // namespace tls_peer
