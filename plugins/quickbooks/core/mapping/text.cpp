#include "core/mapping/text.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

} // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string clean_text(std::string_view text) {
  std::string clean(text);
  const auto is_refused = [](char c) {
    return is_control(c) && c != '\t' && c != '\r' && c != '\n';
  };
  std::replace_if(clean.begin(), clean.end(), is_refused, ' ');
  return std::string(trimmed(clean));
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_control);
}

std::string on_one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  return line;
}

std::string beginning_of(std::string_view text, std::size_t characters_max) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts_character = (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u;
    if (starts_character && ++characters > characters_max)
      return std::string(text.substr(0, at)) + "...";
  }
  return std::string(text);
}

} // namespace qb::mapping
