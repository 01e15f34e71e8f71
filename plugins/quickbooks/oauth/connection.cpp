#include "oauth/connection.hpp"

#include "oauth/grant.hpp"
#include "oauth/wipe.hpp"

namespace qb::oauth {

Connection::~Connection() {
  for (std::string* secret : {&realm, &refresh_token, &previous_refresh_token, &access_token})
    wipe(*secret);
}

RefreshEnd refresh_end(const Connection& connection) {
  const erp::Instant rolling = connection.refresh_expires_at;
  const erp::Instant hard = connection.refresh_hard_expires_at;
  if (hard != 0 && (rolling == 0 || hard <= rolling)) return {hard, true};
  return {rolling, false};
}

void renew(Connection& connection, const Tokens& tokens, erp::Instant now) {
  const auto after_s = [now](std::int64_t seconds) {
    return seconds > 0 ? now + seconds * 1'000'000 : 0;
  };
  replace(connection.access_token, tokens.access_token);
  connection.access_expires_at = after_s(tokens.access_expires_in_s);
  const bool rotated =
      !tokens.refresh_token.empty() && tokens.refresh_token != connection.refresh_token;
  // A refresh that worked proves the token it was asked with; only a new one is unproven.
  replace(connection.previous_refresh_token, rotated ? connection.refresh_token : std::string());
  if (rotated) replace(connection.refresh_token, tokens.refresh_token);
  connection.refresh_expires_at = after_s(tokens.refresh_expires_in_s);
  if (tokens.refresh_hard_expires_in_s > 0)
    connection.refresh_hard_expires_at = after_s(tokens.refresh_hard_expires_in_s);
  connection.refresh_in_flight = false;
  connection.reconnect_needed = false;
}

Connection connection_of(const Tokens& tokens, const Place& place, const std::string& realm,
                         const std::string& company_name, erp::Instant now) {
  Connection connection;
  connection.place = place;
  connection.realm = realm;
  connection.company_name = company_name;
  renew(connection, tokens, now);
  return connection;
}

} // namespace qb::oauth
