#pragma once

#include "core/settings/settings.hpp"
#include "host/services.hpp"
#include "http/open_transport.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/grant.hpp"
#include "oauth/vault.hpp"
#include "store/database.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <string>

namespace qb::connection {

constexpr std::int64_t state_lifetime_us = 10LL * 60 * 1'000'000; // a consent takes no longer

struct ConnectedCompany {
  std::string id, name;
};
struct Status {
  bool connected = false;
  bool reconnect_needed = false;
  std::string reconnect_reason; // a sentence; "" if QuickBooks ended the connection
  std::string held_back;        // connected, and yet no call is made: why; "" : calls are made
  std::optional<ConnectedCompany> company;
  std::optional<erp::Instant> refresh_token_expires_at;
};

// The dance of consent (OAuth 2, authorization code), and its end. Threads: one call at a time, but
// status().
class Connecting {
 public:
  Connecting(store::Database& store, oauth::Vault& vault, const host::Services& services,
             http::OpenTransport open_transport, const std::atomic<bool>& cancelled)
      : store_(store), vault_(vault), services_(services),
        open_transport_(std::move(open_transport)), cancelled_(cancelled) {}

  // The URL to open in a browser. Throws erp::Failure.
  std::string begin(const settings::Settings& settings, const std::string& redirect_uri);
  // What came back to the redirect URL. On failure (thrown as erp::Failure) nothing has changed.
  ConnectedCompany complete(const settings::Settings& settings, const std::string& query,
                            const std::optional<std::string>& required_company,
                            bool switch_company);
  Status status(const settings::Settings& settings) const;
  // A sentence if Intuit could not be told; the tokens are wiped here in any case.
  std::optional<std::string> disconnect(const settings::Settings& settings);

 private:
  struct Pending {
    std::string state, redirect_uri;
    oauth::Place place;
    erp::Instant begun_at = 0;
  };
  oauth::Credentials credentials(const settings::Settings& settings) const;
  void check_company(const std::string& environment, const std::string& realm,
                     bool switch_company) const;
  std::string company_name(const settings::Settings& settings, const std::string& realm,
                           const std::string& access_token, http::Transport& transport) const;
  bool keep(const oauth::Connection& connection, std::int64_t version, bool switch_company);
  void give_back(const oauth::Place& place, const std::string& realm,
                 const std::function<void()>& revoke) const noexcept;
  std::optional<oauth::Connection> held_connection() const;

  store::Database& store_;
  oauth::Vault& vault_;
  const host::Services& services_;
  const http::OpenTransport open_transport_;
  const std::atomic<bool>& cancelled_;
  std::optional<Pending> pending_;
};

} // namespace qb::connection
