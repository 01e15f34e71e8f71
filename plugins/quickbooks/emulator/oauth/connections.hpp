#pragma once
#include "books/instant.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace emulator::oauth {

// Lifetimes as Intuit publishes them; 101 days is what recorded answers say (8726400 s). How long a
// code lives is not published: five minutes is our choice.
inline constexpr std::chrono::seconds access_token_lifetime{3600};
inline constexpr std::chrono::seconds refresh_token_lifetime{8'726'400};
inline constexpr std::chrono::seconds refresh_token_lifetime_max{157'680'000}; // five years
inline constexpr std::chrono::seconds refresh_value_kept{24 * 3600};
// Sources of 2018 to 2020 let a replaced value live that long; later ones say it is dead at once.
inline constexpr std::chrono::seconds former_value_alive{24 * 3600};
inline constexpr std::chrono::seconds code_lifetime{300};

struct App {
  std::string client_id, client_secret, name;
  bool production = false;
  std::vector<std::string> redirect_uris; // matched exactly; development also http://localhost:*
};

// What the token endpoint refuses with (RFC 6749).
struct Refusal {
  std::string error, description;
};

struct TokenPair {
  std::string access_token, refresh_token, realm, scope;
  std::int64_t refresh_expires_in_s = 0, refresh_hard_expires_in_s = 0;
};

// What a bearer token opens.
struct Access {
  std::string client_id, realm, scope;
  bool administrator = false; // made by a control call: neither throttled nor counted
};
enum class Rejected { unknown, expired };

// Apps, codes, connections and their tokens. A connection is one app at one company; a new consent
// replaces it, and its earlier refresh token is dead (assumed; let_consents_add() is the other
// way). Every change is in the file before a call returns. Any thread.
class Connections {
 public:
  explicit Connections(std::filesystem::path file); // makes the default app at the first start

  std::optional<App> app(const std::string& client_id) const;
  App default_app() const;
  void put_app(const App& app);

  std::string issue_code(const App& app, const std::string& realm, const std::string& redirect_uri,
                         const std::string& scope, Instant now);
  tl::expected<TokenPair, Refusal> redeem(const App& app, const std::string& code,
                                          const std::string& redirect_uri, Instant now);
  tl::expected<TokenPair, Refusal> refresh(const App& app, const std::string& token, Instant now);
  // Either token of a connection ends it whole. False: no such token.
  bool revoke(const App& app, const std::string& token);
  tl::expected<Access, Rejected> access(const std::string& token, Instant now) const;

  // Control. An empty realm means all of them.
  std::string administrator_token(const std::string& realm, Instant now);
  void expire_access_tokens(const std::string& realm);
  void expire_refresh_tokens(const std::string& realm);
  void rotate_at_next_refresh(const std::string& realm);
  void disconnect(const std::string& realm);
  // A new consent leaves the connections that are there.
  void let_consents_add();
  // Time in which a replaced refresh value still works. 0 by default: dead at once.
  void set_grace(std::chrono::seconds grace);
  nlohmann::json described(Instant now) const;
  void forget_all();

 private:
  struct Code {
    std::string client_id, realm, redirect_uri, scope;
    Instant expires;
    bool used = false;
  };
  struct Connection {
    std::string client_id, realm, scope, refresh_token, former_token;
    Instant value_since, expires, hard_expires, former_until;
    bool rotate_next = false;
  };
  struct AccessToken {
    std::string client_id, realm, scope;
    Instant expires;
    bool administrator = false;
  };
  TokenPair issued(const Connection& connection, Instant now);
  void drop(const std::string& client_id, const std::string& realm);
  void drop_access_tokens(const std::string& client_id, const std::string& realm);
  void sweep(Instant now);
  void load(const std::string& text);
  void store() const;

  std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::string default_client_id_;
  std::map<std::string, App> apps_;
  std::map<std::string, Code> codes_;
  std::vector<Connection> connections_;
  std::map<std::string, AccessToken> access_tokens_;
  std::chrono::seconds grace_{0};
  bool consents_add_ = false; // not stored
};

} // namespace emulator::oauth
