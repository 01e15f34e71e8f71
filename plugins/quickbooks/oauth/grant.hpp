#pragma once

#include "http/transport.hpp"
#include "oauth/endpoints.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace qb::oauth {

// From Intuit's developer portal. Memory is overwritten when it goes away.
struct Credentials {
  std::string client_id;
  std::string client_secret;
  ~Credentials();
};

// What a grant gave. Memory is overwritten when it goes away.
struct Tokens {
  std::string access_token;
  std::string refresh_token;
  std::int64_t access_expires_in_s = 0;
  std::int64_t refresh_expires_in_s = 0;      // rolling; 0: not told
  std::int64_t refresh_hard_expires_in_s = 0; // five years at most; 0: not told
  ~Tokens();
};

// Why there are no tokens.
struct Refusal {
  enum class Kind {
    invalid_grant,  // the code or token is used, expired or revoked
    invalid_client, // client id, secret or environment are wrong
    other_refusal,  // a definite no of another kind: a setting or a fault of ours
    unreachable,    // surely nothing was done: not reached, or told to come later (429)
    lost            // it may have been done, and there is no whole answer
  };
  Kind kind = Kind::lost;
  std::string words;      // a sentence for a person; never a secret
  std::string intuit_tid; // "" if none
};

// The URL a person opens. scope com.intuit.quickbooks.accounting.
std::string authorize_url(const Endpoints& endpoints, const Credentials& credentials,
                          const std::string& redirect_uri, const std::string& state);
std::string make_state(); // 256 bits, url-safe

// Each sends its request once, at most.
tl::expected<Tokens, Refusal> exchange_code(http::Transport& transport, const Endpoints& endpoints,
                                            const Credentials& credentials, const std::string& code,
                                            const std::string& redirect_uri);
tl::expected<Tokens, Refusal> refresh(http::Transport& transport, const Endpoints& endpoints,
                                      const Credentials& credentials,
                                      const std::string& refresh_token);
// nullopt: revoked, or it was no longer valid; else a sentence.
std::optional<std::string> revoke(http::Transport& transport, const Endpoints& endpoints,
                                  const Credentials& credentials, const std::string& token);

} // namespace qb::oauth
