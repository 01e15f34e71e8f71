#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace qb::settings {

// "https://127.0.0.1:8443/path" -> "https://127.0.0.1:8443". nullopt unless it is https to
// localhost, 127.0.0.1 or [::1], without user, query or fragment: the only addresses besides
// Intuit's that a setting may name.
std::optional<std::string> loopback_origin(std::string_view url);

} // namespace qb::settings
