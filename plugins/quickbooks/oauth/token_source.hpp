#pragma once

#include "oauth/grant.hpp"
#include "oauth/vault.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <tl/expected.hpp>

namespace qb::oauth {

// Hands out a usable access token; refreshes at most once at a time (decision 6). Threads: any.
class TokenSource {
 public:
  struct Access {
    std::string token;
    std::string realm;
  };
  struct NoAccess {
    bool reconnect_needed = false; // a person must connect again; else it may work later
    bool not_connected = false;
    bool configuration = false; // invalid_client: client id, secret or environment are wrong
    std::string words;
  };
  TokenSource(Vault& vault, http::Transport& transport, std::function<erp::Instant()> now,
              std::function<Credentials()> credentials,
              std::function<tl::expected<Endpoints, std::string>()> endpoints)
      : vault_(vault), transport_(transport), now_(std::move(now)),
        credentials_(std::move(credentials)), endpoints_(std::move(endpoints)) {}

  // A token good for at least five more minutes.
  tl::expected<Access, NoAccess> access();
  // After a 401 on `rejected`: refreshes unless somebody already did.
  tl::expected<Access, NoAccess> access_instead_of(const std::string& rejected);

 private:
  tl::expected<Access, NoAccess> refresh(Vault::Versioned held);
  std::mutex mutex_;
  Vault& vault_;
  http::Transport& transport_;
  std::function<erp::Instant()> now_;
  std::function<Credentials()> credentials_;
  std::function<tl::expected<Endpoints, std::string>()> endpoints_;
};

} // namespace qb::oauth
