#include "core/qbo/value.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace qb::qbo {
namespace {

bool needs_no_escape(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

void write_text(std::string& out, const std::string& text) {
  if (needs_no_escape(text)) {
    out.append(1, '"').append(text).append(1, '"');
    return;
  }
  try {
    out += nlohmann::json(text).dump();
  } catch (const nlohmann::json::type_error&) {
    throw std::invalid_argument("text that is not UTF-8 in a JSON value");
  }
}

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9')
    ++end;
  return end - at;
}

// The grammar of a JSON number.
bool is_json_number(std::string_view text) {
  std::size_t at = text.substr(0, 1) == "-" ? 1 : 0;
  const std::size_t whole = digits_from(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t places = digits_from(text, ++at);
    if (places == 0) return false;
    at += places;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = digits_from(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

void write_value(std::string& out, const Value& value) {
  if (const bool* b = value.boolean()) {
    out += *b ? "true" : "false";
  } else if (const auto* number = value.number()) {
    if (!is_json_number(number->digits))
      throw std::invalid_argument("a JSON number must be digits, not \"" + number->digits + "\"");
    out += number->digits;
  } else if (const auto* text = value.text()) {
    write_text(out, *text);
  } else if (const auto* items = value.items()) {
    out += '[';
    for (const Value& item : *items) {
      if (&item != items->data()) out += ',';
      write_value(out, item);
    }
    out += ']';
  } else if (const auto* members = value.members()) {
    out += '{';
    for (const auto& member : *members) {
      if (&member != members->data()) out += ',';
      write_text(out, member.first);
      out += ':';
      write_value(out, member.second);
    }
    out += '}';
  } else {
    out += "null";
  }
}

} // namespace

std::string write(const Value& value) {
  std::string out;
  write_value(out, value);
  return out;
}

} // namespace qb::qbo
