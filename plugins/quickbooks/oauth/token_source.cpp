#include "oauth/token_source.hpp"

#include "oauth/wipe.hpp"

namespace qb::oauth {

namespace {

// While a refresh cannot be had, the old token is used up to here, and a new try is made so often.
constexpr erp::Instant access_usable_min_us = 30LL * 1'000'000;
constexpr erp::Instant retry_every_us = 30LL * 1'000'000;
// How often somebody else's change of the vault is followed before we say "later".
constexpr int changes_followed_max = 3;

constexpr const char* changed_words = "The connection is being changed by somebody else.";

bool may_work_later(const TokenSource::NoAccess& none) {
  return !none.reconnect_needed && !none.not_connected && !none.configuration;
}

bool lasts(const Connection& connection, erp::Instant until) {
  return !connection.access_token.empty() && connection.access_expires_at >= until;
}

TokenSource::Access access_of(const Connection& connection) {
  return {connection.access_token, connection.realm};
}

tl::unexpected<TokenSource::NoAccess> later(std::string words) {
  TokenSource::NoAccess none;
  none.words = std::move(words);
  return tl::unexpected(std::move(none));
}

} // namespace

tl::expected<TokenSource::Access, TokenSource::NoAccess> TokenSource::access() {
  const std::lock_guard lock(mutex_);
  auto current = held();
  if (!current) return tl::unexpected(current.error());
  const Connection connection = current->connection;
  const erp::Instant now = now_();
  // An open intent may mean a rotated token that we do not know yet: the sooner we ask the better.
  const bool fresh = lasts(connection, now + access_left_min_us) && !connection.refresh_in_flight;
  const bool still_usable = lasts(connection, now + access_usable_min_us);
  if (fresh || (still_usable && now >= failed_at_ && now < failed_at_ + retry_every_us))
    return access_of(connection);
  Result renewed = refresh(std::move(*current), changes_followed_max);
  if (renewed || !may_work_later(renewed.error())) return renewed;
  failed_at_ = now;
  if (still_usable) return access_of(connection);
  return renewed;
}

tl::expected<TokenSource::Access, TokenSource::NoAccess>
TokenSource::access_instead_of(const std::string& rejected) {
  const std::lock_guard lock(mutex_);
  auto current = held();
  if (!current) return tl::unexpected(current.error());
  if (current->connection.access_token != rejected && lasts(current->connection, now_()))
    return access_of(current->connection);
  return refresh(std::move(*current), changes_followed_max);
}

tl::expected<Vault::Versioned, TokenSource::NoAccess> TokenSource::held() {
  NoAccess none;
  try {
    if (auto current = vault_.load()) {
      if (!current->connection.reconnect_needed) return std::move(*current);
      none.reconnect_needed = true;
      none.words = "QuickBooks no longer accepts this connection. Connect again.";
    } else {
      none.not_connected = true;
      none.words = "No company is connected yet.";
    }
  } catch (const Unsealable& unsealable) {
    none.reconnect_needed = none.configuration = true;
    none.words = "The stored connection cannot be opened: " + unsealable.what +
                 ". Bring back the key it was stored with, or connect again.";
  }
  return tl::unexpected(std::move(none));
}

TokenSource::Result TokenSource::refresh(Vault::Versioned current, int changes_left) {
  const auto endpoints = endpoints_();
  if (!endpoints) return later(endpoints.error());
  const Credentials credentials = credentials_();

  Attempt attempt{std::move(current), changes_left, false};
  attempt.maybe_done = attempt.held.connection.refresh_in_flight;
  if (!attempt.maybe_done) {
    attempt.held.connection.refresh_in_flight = true;
    const auto version = vault_.save(attempt.held.connection, attempt.held.version);
    if (!version) return follow_change(changes_left);
    attempt.held.version = *version;
  }
  const auto ask = [&](const std::string& token) {
    attempt.asked_at = now_();
    auto tokens = oauth::refresh(transport_, *endpoints, credentials, token);
    if (tokens || tokens.error().kind != Refusal::Kind::lost) return tokens;
    // A lost answer may have held a new token, which only the old one can still get us.
    attempt.maybe_done = true;
    return oauth::refresh(transport_, *endpoints, credentials, token);
  };
  auto tokens = ask(attempt.held.connection.refresh_token);
  const bool refused = !tokens && tokens.error().kind == Refusal::Kind::invalid_grant;
  if (refused && vault_.version() != attempt.held.version) return follow_change(changes_left);
  if (refused && !attempt.held.connection.previous_refresh_token.empty()) {
    // The newest was never proven; perhaps the one before it still stands.
    auto& connection = attempt.held.connection;
    tokens = ask(connection.previous_refresh_token);
    if (tokens) replace(connection.refresh_token, connection.previous_refresh_token);
  }
  return tokens ? keep(attempt, *tokens) : after_refusal(attempt, tokens.error());
}

TokenSource::Result TokenSource::follow_change(int changes_left) {
  auto current = held();
  if (!current) return tl::unexpected(current.error());
  if (lasts(current->connection, now_() + access_left_min_us) &&
      !current->connection.refresh_in_flight)
    return access_of(current->connection);
  if (changes_left == 0) return later(changed_words);
  return refresh(std::move(*current), changes_left - 1);
}

TokenSource::Result TokenSource::keep(Attempt& attempt, const Tokens& tokens) {
  keys_refused_ = false;
  std::string asked_with = attempt.held.connection.refresh_token;
  const Wiped wiped(asked_with);
  renew(attempt.held.connection, tokens, attempt.asked_at);
  try {
    if (vault_.save(attempt.held.connection, attempt.held.version)) {
      failed_at_ = never;
      return access_of(attempt.held.connection);
    }
  } catch (...) { // the disk, or no memory
    return keep_unsaved(attempt);
  }
  // Changed while we asked: disconnected, connected anew, or renewed by another process.
  auto current = held();
  if (!current) return tl::unexpected(current.error());
  if (current->connection.realm == attempt.held.connection.realm &&
      current->connection.refresh_token == asked_with && attempt.changes_left > 0) {
    attempt.held = std::move(*current);
    --attempt.changes_left;
    return keep(attempt, tokens);
  }
  return follow_change(attempt.changes_left);
}

// The disk refuses the only copy there is. The old pair may be dead already, so using the new one
// loses nothing; the open intent on the disk tells the next process that it may have been replaced.
TokenSource::Result TokenSource::keep_unsaved(const Attempt& attempt) {
  vault_.keep_unsaved(attempt.held.connection, attempt.held.version);
  failed_at_ = never;
  return access_of(attempt.held.connection);
}

TokenSource::Result TokenSource::after_refusal(Attempt& attempt, const Refusal& refusal) {
  Connection& connection = attempt.held.connection;
  NoAccess none;
  none.words = refusal.words;
  none.reconnect_needed = refusal.kind == Refusal::Kind::invalid_grant;
  none.configuration =
      refusal.kind == Refusal::Kind::invalid_client || refusal.kind == Refusal::Kind::other_refusal;
  keys_refused_ = none.configuration;
  if (none.reconnect_needed) {
    none.words += " Connect again.";
    connection.reconnect_needed = true;
  }
  // Whether the intent is settled: yes after a definite end, no while a rotation may have been
  // lost.
  connection.refresh_in_flight = attempt.maybe_done && !none.reconnect_needed;
  if (!connection.refresh_in_flight && !vault_.save(connection, attempt.held.version))
    return follow_change(attempt.changes_left);
  return tl::unexpected(std::move(none));
}

} // namespace qb::oauth
