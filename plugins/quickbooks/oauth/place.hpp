#pragma once

#include "core/settings/settings.hpp"

#include <string>

namespace qb::oauth {

// Where a connection was made and its tokens may be shown: never anywhere else, whatever the
// settings say later.
struct Place {
  std::string environment; // "production"
  std::string api_base;    // https://quickbooks.api.intuit.com
  std::string authority;   // origin of the discovery document
  bool operator==(const Place&) const = default;
};
Place place_of(const settings::Settings& settings);

} // namespace qb::oauth
