#pragma once

#include "home/folders.hpp"
#include "secrets/seal.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace host::secrets {

constexpr std::size_t secret_length_max_bytes = 64 * 1024;

struct Secret {
  std::string value;
  std::uint64_t version = 0; // never used twice in one store
};

// The small secret values of one plugin: DIR/secrets/<id>.sealed, AES-256-GCM with the key of
// DIR/secrets.key (0600). Every change is durable when it returns. Any thread.
class SecretStore {
 public:
  // Opens or begins it. A problem if the file does not open: it is never written over then.
  static Outcome<std::unique_ptr<SecretStore>> open(const home::Folders& folders,
                                                    const std::string& plugin);

  std::optional<Secret> find(const std::string& key) const;
  // `if_version` as in erp.secrets/1. Answers the new version; ERP_E_CONFLICT.
  Outcome<std::uint64_t> put(const std::string& key, std::string_view value,
                             std::uint64_t if_version);
  // Whatever version is there.
  Outcome<void> set(const std::string& key, std::string_view value);
  Outcome<void> erase(const std::string& key);
  std::vector<std::string> keys() const;
  // The text with every secret value in it replaced by "***".
  std::string scrubbed(std::string text) const;

 private:
  using Secrets = std::map<std::string, Secret, std::less<>>;
  SecretStore(std::filesystem::path file, std::string bound_to, Key key);
  Outcome<void> load();
  Outcome<void> save(const Secrets& secrets, std::uint64_t last_version);

  const std::filesystem::path file_;
  const std::string bound_to_;
  const Key key_;
  mutable std::mutex mutex_;
  Secrets secrets_;
  std::uint64_t last_version_ = 0;
};

} // namespace host::secrets
