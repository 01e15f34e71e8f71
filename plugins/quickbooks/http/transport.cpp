#include "http/transport.hpp"

#include <algorithm>

namespace qb::http {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

std::optional<std::string> Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return std::nullopt;
}

const char* to_string(Failure::Kind kind) {
  switch (kind) {
  case Failure::Kind::name_not_resolved:
    return "name_not_resolved";
  case Failure::Kind::connect_refused:
    return "connect_refused";
  case Failure::Kind::connect_timeout:
    return "connect_timeout";
  case Failure::Kind::tls:
    return "tls";
  case Failure::Kind::cut:
    return "cut";
  case Failure::Kind::timeout:
    return "timeout";
  case Failure::Kind::too_large:
    return "too_large";
  case Failure::Kind::cancelled:
    return "cancelled";
  case Failure::Kind::other:
    break;
  }
  return "other";
}

} // namespace qb::http
