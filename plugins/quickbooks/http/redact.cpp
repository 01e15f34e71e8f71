#include "http/redact.hpp"

#include <array>
#include <cstddef>

namespace qb::http {

namespace {

constexpr std::string_view mask = "***";
// Names whose values are secret, as form field, query parameter or JSON member.
constexpr std::array<std::string_view, 11> secret_names{
    "access_token", "refresh_token", "id_token", "client_secret", "authorization", "code",
    "token",        "state",         "password", "realmid",       "realm_id"};
// Beginnings of bare tokens: a JWE or JWT, and a refresh token of Intuit's.
constexpr std::size_t bare_token_length_min = 20;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~+/=%").find(c) != std::string_view::npos;
}
bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool starts_with_any_case(std::string_view text, std::string_view what) {
  if (text.size() < what.size()) return false;
  for (std::size_t i = 0; i < what.size(); ++i)
    if (lower(text[i]) != what[i]) return false;
  return true;
}

std::size_t token_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_token_char(text[length]))
    ++length;
  return length;
}

// "basic authentication is needed", "the bearer of this": words, not credentials.
bool is_prose(std::string_view word) {
  return word.find_first_not_of("abcdefghijklmnopqrstuvwxyz.") == std::string_view::npos;
}

// Faults have a member of that name as well, which the log is read for: "code":"6140".
bool is_error_code(std::string_view value) {
  return value.size() <= 6 && value.find_first_not_of("0123456789") == std::string_view::npos;
}

// What stands before a secret value at the beginning of `text` (`name=`, `"name" : "`), and how
// long the value is.
struct Found {
  std::size_t before = 0;
  std::size_t secret = 0;
};

Found value_after(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '"') ++at;
  while (at < text.size() && text[at] == ' ')
    ++at;
  if (at >= text.size() || (text[at] != '=' && text[at] != ':')) return {};
  ++at;
  while (at < text.size() && text[at] == ' ')
    ++at;
  if (at < text.size() && text[at] == '"') {
    std::size_t end = ++at;
    while (end < text.size() && text[end] != '"')
      end += text[end] == '\\' ? 2 : 1;
    return {at, (end < text.size() ? end : text.size()) - at};
  }
  for (const std::string_view scheme : {"bearer ", "basic "})
    if (starts_with_any_case(text.substr(at), scheme)) at += scheme.size();
  std::size_t end = at;
  while (end < text.size() &&
         std::string_view("&;, \t\r\n\"'").find(text[end]) == std::string_view::npos)
    ++end;
  return {at, end - at};
}

Found secret_at(std::string_view text) {
  for (const std::string_view scheme : {"bearer ", "basic "})
    if (starts_with_any_case(text, scheme)) {
      const std::size_t length = token_length(text.substr(scheme.size()));
      if (!is_prose(text.substr(scheme.size(), length))) return {scheme.size(), length};
    }
  for (const std::string_view name : secret_names)
    if (starts_with_any_case(text, name)) {
      const Found found = value_after(text, name.size());
      const bool error_code =
          name == "code" && is_error_code(text.substr(found.before, found.secret));
      if (found.secret && !error_code) return found;
    }
  if (starts_with_any_case(text, "company/")) {
    std::size_t digits = 8;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
      ++digits;
    if (digits > 8) return {8, digits - 8};
  }
  const bool bare =
      text.substr(0, 3) == "eyJ" || text.substr(0, 3) == "AB1" || text.substr(0, 3) == "RT1";
  if (bare && token_length(text) >= bare_token_length_min) return {0, token_length(text)};
  return {};
}

} // namespace

std::string redacted(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const bool word_begins = at == 0 || !is_word_char(text[at - 1]);
    const Found found = word_begins ? secret_at(text.substr(at)) : Found{};
    if (found.secret == 0) {
      result += text[at++];
      continue;
    }
    result.append(text.substr(at, found.before)).append(mask);
    at += found.before + found.secret;
  }
  return result;
}

} // namespace qb::http
