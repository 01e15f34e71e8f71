#pragma once

#include "core/settings/settings.hpp"
#include "http/curl_transport.hpp"

#include <string>
#include <tl/expected.hpp>

namespace qb::oauth {

struct Endpoints {
  std::string authorize, token, revoke;
  std::string api_base; // https://quickbooks.api.intuit.com
};

// Intuit's own, by environment, or the emulator's. Read from the discovery document (Intuit's
// review asks for it), with the published constants as fallback where the document cannot be had
// (never for the emulator). A document that names hosts we do not trust is refused. The error is a
// sentence for a person.
tl::expected<Endpoints, std::string> discover(http::Transport& transport,
                                              const settings::Settings& settings);
http::Trust trust_of(const settings::Settings& settings);

} // namespace qb::oauth
