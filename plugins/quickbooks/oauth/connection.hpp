#pragma once

#include "erp/sdk/document.hpp"
#include "oauth/place.hpp"

#include <string>

namespace qb::oauth {

struct Tokens;

// What a connection consists of. Never logged, never printed. Its memory is overwritten when it
// goes away.
struct Connection {
  Place place;       // where it was made; it holds nowhere else
  std::string realm; // Intuit's company id
  std::string company_name;
  std::string refresh_token;
  std::string previous_refresh_token;       // kept until the new one is proven
  erp::Instant refresh_expires_at = 0;      // rolling, 100 days; 0: not told
  erp::Instant refresh_hard_expires_at = 0; // five years at most; 0: not told
  std::string access_token;
  erp::Instant access_expires_at = 0;
  bool refresh_in_flight = false; // the intent, written before the call
  bool reconnect_needed = false;
  ~Connection();
};

// When the refresh token ends, as far as that was told.
struct RefreshEnd {
  erp::Instant at = 0;   // 0: not told
  bool for_good = false; // use does not put it off
};
RefreshEnd refresh_end(const Connection& connection);

// What a refresh at `now` gave. The token it was asked with is kept until the new one has worked.
void renew(Connection& connection, const Tokens& tokens, erp::Instant now);
// A connection to `realm` from what a code was exchanged for at `now`.
Connection connection_of(const Tokens& tokens, const Place& place, const std::string& realm,
                         const std::string& company_name, erp::Instant now);

} // namespace qb::oauth
