#pragma once

#include "company/company.hpp"
#include "http/transport.hpp"
#include "oauth/token_source.hpp"

#include <functional>

namespace qb::company {

// One call over http, and what came of it. Not a Company: it must be told the token.
//
// An answer becomes: accepted only with 2xx, whole JSON, no fault, and the object that was asked
// for; unauthorised with 401; throttled with 429 or code 3001; server_trouble with 5xx; rejected or
// stale by its fault; unreadable if it is none of these (HTML, cut JSON, a redirect, another
// object). Without an answer: unreachable if surely nothing left, else lost.
class Wire {
 public:
  Wire(http::Transport& transport, std::string api_base, std::function<erp::Instant()> now)
      : transport_(transport), api_base_(std::move(api_base)), now_(std::move(now)) {}
  Reply call(const qbo::Request& request, const std::string& request_id,
             const oauth::TokenSource::Access& access);

 private:
  http::Transport& transport_;
  std::string api_base_;
  std::function<erp::Instant()> now_;
};

// What an http answer to `request` means. Pure; `now` only for a Retry-After that is a date and has
// no Date beside it.
Reply read_answer(const qbo::Request& request, const http::Response& response, erp::Instant now);
Reply read_failure(const http::Failure& failure);

} // namespace qb::company
