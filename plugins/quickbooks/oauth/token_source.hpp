#pragma once

#include "oauth/grant.hpp"
#include "oauth/vault.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace qb::oauth {

// A token is renewed when it has less than this left.
constexpr erp::Instant access_left_min_us = 5LL * 60 * 1'000'000;

// Hands out a usable access token; refreshes at most once at a time. Threads: any, one
// of them refreshes while the others wait, so `transport` must not be in use by anybody else
// meanwhile: give it one of its own, or share it only with the thread that asks. What the store
// throws (disk full) before QuickBooks is asked passes through, and then it is not asked; a new
// pair that cannot be saved is kept by the vault and handed out.
class TokenSource {
 public:
  struct Access {
    std::string token;
    std::string realm;
  };
  struct NoAccess {
    bool reconnect_needed = false; // a person must connect again; else it may work later
    bool not_connected = false;
    bool configuration = false; // client id, secret, environment or vault key are wrong
    std::string words;
  };
  TokenSource(Vault& vault, http::Transport& transport, std::function<erp::Instant()> now,
              std::function<Credentials()> credentials,
              std::function<tl::expected<Endpoints, std::string>()> endpoints)
      : vault_(vault), transport_(transport), now_(std::move(now)),
        credentials_(std::move(credentials)), endpoints_(std::move(endpoints)) {}

  // A token good for at least five more minutes; where a refresh cannot be had just now, the old
  // one as long as it lasts.
  tl::expected<Access, NoAccess> access();
  // After a 401 on `rejected`: refreshes unless somebody already did.
  tl::expected<Access, NoAccess> access_instead_of(const std::string& rejected);
  // The last refresh was refused because of client id or secret, not of the connection.
  bool keys_refused() const { return keys_refused_.load(); }

 private:
  using Result = tl::expected<Access, NoAccess>;
  // One renewal on its way.
  struct Attempt {
    Vault::Versioned held;
    int changes_left = 0;    // of the vault by somebody else, to be followed
    bool maybe_done = false; // an answer was lost: QuickBooks may have rotated the token
    erp::Instant asked_at = 0;
  };
  tl::expected<Vault::Versioned, NoAccess> held();
  Result refresh(Vault::Versioned current, int changes_left);
  Result follow_change(int changes_left);
  Result keep(Attempt& attempt, const Tokens& tokens);
  Result after_refusal(Attempt& attempt, const Refusal& refusal);
  Result keep_unsaved(const Attempt& attempt);
  static constexpr erp::Instant never = INT64_MIN / 2;
  std::mutex mutex_;
  Vault& vault_;
  http::Transport& transport_;
  std::function<erp::Instant()> now_;
  std::function<Credentials()> credentials_;
  std::function<tl::expected<Endpoints, std::string>()> endpoints_;
  std::atomic<bool> keys_refused_{false};
  erp::Instant failed_at_ = never; // the last refresh that may work later
};

} // namespace qb::oauth
