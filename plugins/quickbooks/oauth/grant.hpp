#pragma once

#include "http/transport.hpp"
#include "oauth/endpoints.hpp"

#include <string>
#include <tl/expected.hpp>

namespace qb::oauth {

struct Credentials {
  std::string client_id;
  std::string client_secret;
};

struct Tokens {
  std::string access_token;
  std::string refresh_token;
  std::int64_t access_expires_in_s = 0;
  std::int64_t refresh_expires_in_s = 0;
  std::int64_t refresh_hard_expires_in_s = 0; // 0: not told
};

// Why there are no tokens.
struct Refusal {
  enum class Kind { invalid_grant, invalid_client, other_refusal, unreachable, lost };
  Kind kind = Kind::lost;
  std::string words; // a sentence for a person; never a secret
};

// The URL a person opens. scope com.intuit.quickbooks.accounting.
std::string authorize_url(const Endpoints& endpoints, const Credentials& credentials,
                          const std::string& redirect_uri, const std::string& state);
std::string make_state(); // 256 bits, url-safe

tl::expected<Tokens, Refusal> exchange_code(http::Transport& transport, const Endpoints& endpoints,
                                            const Credentials& credentials, const std::string& code,
                                            const std::string& redirect_uri);
tl::expected<Tokens, Refusal> refresh(http::Transport& transport, const Endpoints& endpoints,
                                      const Credentials& credentials,
                                      const std::string& refresh_token);
// nullopt: revoked; else a sentence.
std::optional<std::string> revoke(http::Transport& transport, const Endpoints& endpoints,
                                  const Credentials& credentials, const std::string& token);

} // namespace qb::oauth
