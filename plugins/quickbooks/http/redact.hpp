#pragma once

#include <string>
#include <string_view>

namespace qb::http {

// `text` fit for a log: bearer and basic credentials, tokens, codes, secrets and states (as form
// fields, query parameters or JSON members), bare tokens in Intuit's shape, and the company in a
// path become "***". The rest stays byte for byte.
std::string redacted(std::string_view text);

} // namespace qb::http
