#pragma once

#include "outcome/problem.hpp"
#include "terminal/cancel.hpp"

#include <string>

namespace host::marketplace {

// The address of a folder behind https, without a slash at its end; a problem: it is another kind
// of address, or holds a name and password, a query or a fragment.
Outcome<std::string> checked_address(const std::string& address);

// One GET: TLS 1.2 or newer, certificate and name verified, no redirects, and nothing of the
// environment (proxies, key logs, netrc) takes part. ERP_E_NOT_FOUND: the server has no such file;
// ERP_E_RETRY_LATER: it could not be reached, or broke off. Any thread.
Outcome<std::string> download(const std::string& url, const std::string& ca_file,
                              std::uint64_t length_max_bytes, const terminal::Cancel& cancel);

} // namespace host::marketplace
