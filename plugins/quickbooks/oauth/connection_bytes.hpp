#pragma once

#include "oauth/connection.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace qb::oauth {

// The layout of what to_bytes() writes. It is part of what the vault binds a seal to, so that old
// bytes are never read as new ones.
constexpr int connection_format = 2;
constexpr int format_without_place = 1;

// Secret: wipe it after use.
std::string to_bytes(const Connection& connection);
// nullopt: not written by to_bytes().
std::optional<Connection> connection_from(std::string_view bytes, int format = connection_format);

} // namespace qb::oauth
