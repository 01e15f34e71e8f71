#include "oauth/connections.hpp"

#include "oauth/random_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace emulator::oauth {

namespace {

constexpr std::size_t access_token_length = 760;             // recordings: 700 to 1000
constexpr auto expired_tokens_kept = std::chrono::hours(24); // so that they are told from unknown

bool meant(const std::string& realm, const std::string& asked) {
  return asked.empty() || asked == realm;
}

std::int64_t seconds_until(Instant end, Instant now) {
  return std::chrono::duration_cast<std::chrono::seconds>(end - now).count();
}

Refusal invalid_grant(const char* description) {
  return {"invalid_grant", description};
}

std::string new_refresh_token() {
  return "AB11" + random_text(46);
}

} // namespace

std::optional<App> Connections::app(const std::string& client_id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = apps_.find(client_id);
  if (found == apps_.end()) return std::nullopt;
  return found->second;
}

App Connections::default_app() const {
  const std::scoped_lock lock(mutex_);
  return apps_.at(default_client_id_);
}

void Connections::put_app(const App& app) {
  const std::scoped_lock lock(mutex_);
  apps_[app.client_id] = app;
  store();
}

std::string Connections::issue_code(const App& app, const std::string& realm,
                                    const std::string& redirect_uri, const std::string& scope,
                                    Instant now) {
  const std::scoped_lock lock(mutex_);
  const std::string code = "XAB11" + random_text(45);
  codes_[code] = {app.client_id, realm, redirect_uri, scope, now + code_lifetime};
  store();
  return code;
}

tl::expected<TokenPair, Refusal> Connections::redeem(const App& app, const std::string& code,
                                                     const std::string& redirect_uri, Instant now) {
  const std::scoped_lock lock(mutex_);
  const auto found = codes_.find(code);
  if (found == codes_.end() || found->second.client_id != app.client_id)
    return tl::unexpected(invalid_grant("Invalid authorization code"));
  Code& it = found->second;
  if (it.used) return tl::unexpected(invalid_grant("Authorization code was used before"));
  if (it.expires <= now) return tl::unexpected(invalid_grant("Authorization code expired"));
  if (it.redirect_uri != redirect_uri)
    return tl::unexpected(invalid_grant("redirect_uri differs from the authorization request"));
  it.used = true;
  if (!consents_add_) drop(app.client_id, it.realm);
  connections_.push_back({app.client_id,
                          it.realm,
                          it.scope,
                          new_refresh_token(),
                          {},
                          now,
                          now + refresh_token_lifetime,
                          now + refresh_token_lifetime_max,
                          {},
                          false});
  const auto pair = issued(connections_.back(), now);
  store();
  return pair;
}

tl::expected<TokenPair, Refusal> Connections::refresh(const App& app, const std::string& token,
                                                      Instant now) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::find_if(connections_.begin(), connections_.end(), [&](const auto& one) {
    return one.client_id == app.client_id && !token.empty() &&
           (one.refresh_token == token || (one.former_token == token && now < one.former_until));
  });
  if (found == connections_.end())
    return tl::unexpected(invalid_grant("Incorrect or invalid refresh token"));
  Connection& connection = *found;
  if (connection.expires <= now || connection.hard_expires <= now)
    return tl::unexpected(invalid_grant("Token expired"));
  const bool current = token == connection.refresh_token;
  if (current && (connection.rotate_next || now - connection.value_since >= refresh_value_kept)) {
    connection.former_token = connection.refresh_token;
    connection.former_until = now + grace_;
    connection.refresh_token = new_refresh_token();
    connection.value_since = now;
    connection.expires = std::min(now + refresh_token_lifetime, connection.hard_expires);
    connection.rotate_next = false;
  }
  sweep(now);
  const auto pair = issued(connection, now);
  store();
  return pair;
}

TokenPair Connections::issued(const Connection& connection, Instant now) {
  TokenPair pair;
  pair.access_token =
      "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.." + random_text(access_token_length);
  pair.refresh_token = connection.refresh_token;
  pair.realm = connection.realm;
  pair.scope = connection.scope;
  pair.refresh_expires_in_s = seconds_until(connection.expires, now);
  pair.refresh_hard_expires_in_s = seconds_until(connection.hard_expires, now);
  access_tokens_[pair.access_token] = {connection.client_id, connection.realm, connection.scope,
                                       now + access_token_lifetime};
  return pair;
}

bool Connections::revoke(const App& app, const std::string& token) {
  const std::scoped_lock lock(mutex_);
  std::string realm;
  if (const auto known = access_tokens_.find(token);
      known != access_tokens_.end() && known->second.client_id == app.client_id)
    realm = known->second.realm;
  for (const Connection& one : connections_)
    if (one.client_id == app.client_id && one.refresh_token == token) realm = one.realm;
  if (realm.empty()) return false;
  drop(app.client_id, realm);
  store();
  return true;
}

tl::expected<Access, Rejected> Connections::access(const std::string& token, Instant now) const {
  const std::scoped_lock lock(mutex_);
  const auto found = access_tokens_.find(token);
  if (found == access_tokens_.end()) return tl::unexpected(Rejected::unknown);
  const AccessToken& it = found->second;
  if (it.expires <= now) return tl::unexpected(Rejected::expired);
  return Access{it.client_id, it.realm, it.scope, it.administrator};
}

std::string Connections::administrator_token(const std::string& realm, Instant now) {
  const std::scoped_lock lock(mutex_);
  const std::string token = "administrator." + random_text(64);
  access_tokens_[token] = {"administrator", realm, "com.intuit.quickbooks.accounting",
                           now + refresh_token_lifetime_max, true};
  store();
  return token;
}

void Connections::expire_access_tokens(const std::string& realm) {
  const std::scoped_lock lock(mutex_);
  for (auto& [text, token] : access_tokens_)
    if (!token.administrator && meant(token.realm, realm)) token.expires = Instant{};
  store();
}

void Connections::expire_refresh_tokens(const std::string& realm) {
  const std::scoped_lock lock(mutex_);
  for (Connection& one : connections_)
    if (meant(one.realm, realm)) one.expires = Instant{};
  store();
}

void Connections::rotate_at_next_refresh(const std::string& realm) {
  const std::scoped_lock lock(mutex_);
  for (Connection& one : connections_)
    if (meant(one.realm, realm)) one.rotate_next = true;
  store();
}

void Connections::disconnect(const std::string& realm) {
  const std::scoped_lock lock(mutex_);
  for (const Connection& one : connections_)
    if (meant(one.realm, realm)) drop_access_tokens(one.client_id, one.realm);
  std::erase_if(connections_, [&](const auto& one) { return meant(one.realm, realm); });
  store();
}

void Connections::let_consents_add() {
  const std::scoped_lock lock(mutex_);
  consents_add_ = true;
}

void Connections::set_grace(std::chrono::seconds grace) {
  const std::scoped_lock lock(mutex_);
  grace_ = grace;
  store();
}

void Connections::forget_all() {
  const std::scoped_lock lock(mutex_);
  codes_.clear();
  connections_.clear();
  access_tokens_.clear();
  store();
}

void Connections::drop(const std::string& client_id, const std::string& realm) {
  std::erase_if(connections_,
                [&](const auto& one) { return one.client_id == client_id && one.realm == realm; });
  drop_access_tokens(client_id, realm);
}

void Connections::drop_access_tokens(const std::string& client_id, const std::string& realm) {
  std::erase_if(access_tokens_, [&](const auto& entry) {
    return entry.second.client_id == client_id && entry.second.realm == realm;
  });
}

void Connections::sweep(Instant now) {
  std::erase_if(codes_,
                [&](const auto& e) { return e.second.expires + expired_tokens_kept < now; });
  // Tokens that a control call expired have the beginning of time as their end: keep those too
  // until there are many.
  constexpr std::size_t many = 2000;
  if (access_tokens_.size() > many)
    std::erase_if(access_tokens_, [&](const auto& e) { return e.second.expires <= now; });
}

} // namespace emulator::oauth
