#pragma once

#include "core/settings/settings.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"
#include "oauth/place.hpp"

#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace qb::oauth {

struct Endpoints {
  std::string authorize, token, revoke;
  std::string api_base; // https://quickbooks.api.intuit.com
  // False: Intuit's discovery document could not be had, and these are the published constants.
  bool discovered = true;
};

// Intuit's own, by environment, or the emulator's. Read from the discovery document (Intuit's
// review asks for it), with the published constants as fallback where the document cannot be had
// (never for the emulator). A document that names hosts we do not trust is refused. The error is a
// sentence for a person.
tl::expected<Endpoints, std::string> discover(http::Transport& transport,
                                              const settings::Settings& settings);
http::Trust trust_of(const settings::Settings& settings);
// Where the company's data lies: by environment; of the emulator the setting, else the origin of
// its discovery document.
std::string api_base_of(const settings::Settings& settings);

// Keeps what was discovered for as long as it lives; a fallback or an error is asked again the next
// time. Threads: one call at a time.
class Discovery {
 public:
  Discovery(http::Transport& transport, settings::Settings settings)
      : transport_(transport), settings_(std::move(settings)) {}
  tl::expected<Endpoints, std::string> endpoints();

 private:
  http::Transport& transport_;
  settings::Settings settings_;
  std::optional<Endpoints> found_;
};

} // namespace qb::oauth
