#include "core/settings/loopback_url.hpp"

#include <algorithm>
#include <charconv>

namespace qb::settings {
namespace {

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
         c == '-' || c == '_' || c == '.' || c == '~';
}

} // namespace

std::optional<std::string> loopback_origin(std::string_view url) {
  constexpr std::string_view scheme = "https://";
  if (!url.starts_with(scheme)) return std::nullopt;
  const std::string_view rest = url.substr(scheme.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view authority = rest.substr(0, slash);
  const std::string_view path = rest.substr(slash);
  if (!std::all_of(path.begin(), path.end(), is_plain)) return std::nullopt;

  for (const std::string_view host : {"localhost", "127.0.0.1", "[::1]"}) {
    if (!authority.starts_with(host)) continue;
    const std::string_view behind = authority.substr(host.size());
    if (behind.empty() || (behind.front() == ':' && is_port(behind.substr(1))))
      return std::string(scheme).append(authority);
  }
  return std::nullopt;
}

} // namespace qb::settings
