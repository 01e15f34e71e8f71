#pragma once
#include "oauth/connections.hpp"
#include "oauth/consent.hpp"
#include "oauth/id_token.hpp"
#include "server/exchange.hpp"

#include <atomic>
#include <optional>

namespace emulator::oauth {

// How often the token endpoints were asked; a test counts refreshes here.
struct TokenCounts {
  std::atomic<std::int64_t> exchanges{0}, refreshes{0}, rotations{0}, revokes{0}, refused{0};
  void reset() { exchanges = refreshes = rotations = revokes = refused = 0; }
};

inline constexpr const char* token_path = "/oauth2/v1/tokens/bearer";
inline constexpr const char* revoke_path = "/v2/oauth2/tokens/revoke";

// Discovery, consent, tokens, user information. Any thread.
class Endpoints {
 public:
  Endpoints(Connections& connections, Consent& consent, IdTokenSigner& signer);

  // The base address is known only when the port is.
  void serve_at(const std::string& base_url) { base_url_ = base_url; }
  // Nothing when the path is none of OAuth's.
  std::optional<server::Reply> answer(const server::Request& request, Instant now);
  TokenCounts& counts() { return counts_; }

 private:
  std::string discovery() const;
  server::Reply token(const server::Request& request, Instant now);
  server::Reply revoke(const server::Request& request);
  server::Reply user_information(const server::Request& request, Instant now) const;
  server::Reply refused(int status, const Refusal& refusal);

  Connections& connections_;
  Consent& consent_;
  IdTokenSigner& signer_;
  std::string base_url_;
  TokenCounts counts_;
};

} // namespace emulator::oauth
