#include "json_text.hpp"

#include <array>

namespace erp {
namespace {

constexpr std::array<bool, 256> needs_escape = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c)
    table[c] = true;
  table['"'] = true;
  table['\\'] = true;
  return table;
}();

void append_escaped(std::string& out, char c) {
  constexpr const char* hex = "0123456789abcdef";
  switch (c) {
  case '"':
    out += "\\\"";
    return;
  case '\\':
    out += "\\\\";
    return;
  case '\b':
    out += "\\b";
    return;
  case '\f':
    out += "\\f";
    return;
  case '\n':
    out += "\\n";
    return;
  case '\r':
    out += "\\r";
    return;
  case '\t':
    out += "\\t";
    return;
  default:
    out += "\\u00";
    out += hex[static_cast<unsigned char>(c) >> 4U];
    out += hex[static_cast<unsigned char>(c) & 0xFU];
  }
}

} // namespace

void append(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, begin, i - begin);
    append_escaped(out, text[i]);
    begin = i + 1;
  }
  out.append(text, begin, std::string_view::npos);
  out += '"';
}

void append(std::string& out, const std::string& text) {
  append(out, std::string_view(text));
}

void append(std::string& out, bool value) {
  out += value ? "true" : "false";
}

void append(std::string& out, const Decimal& value) {
  out += '"';
  out += value.to_string();
  out += '"';
}

void append(std::string& out, const Date& value) {
  out += '"';
  out += to_string(value);
  out += '"';
}

} // namespace erp
