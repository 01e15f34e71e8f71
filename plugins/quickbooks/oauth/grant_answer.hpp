#pragma once

#include "http/transport.hpp"
#include "oauth/grant.hpp"

// Within the room: what the token endpoint's answers mean. Pure.
namespace qb::oauth {

tl::expected<Tokens, Refusal> read_grant(const http::Response& response);
Refusal read_failure(const http::Failure& failure);
// "invalid_grant" of {"error":"invalid_grant"}, or of the WWW-Authenticate header; "" if none.
std::string error_of(const http::Response& response);

} // namespace qb::oauth
