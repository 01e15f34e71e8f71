#include "core/mapping/plan.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

#include <algorithm>
#include <cstdint>

namespace qb::mapping {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t length;
};

// Lenient: a byte that starts no character stands for itself (input was checked for UTF-8 where it
// came in).
CodePoint decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (at + length > text.size() || (first >= 0x80 && first < 0xC2)) return {first, 1};
  char32_t value = length == 1 ? first : first & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    value = (value << 6) | (byte(at + i) & 0x3Fu);
  return {value, length};
}

void encode(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

// Case of ASCII, Latin-1, Greek and Cyrillic: the letters in which supplier names differ by case in
// practice.
char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149 &&
      c != 0x178 && c != 0x17F) {
    const bool upper_is_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    return (c % 2 == (upper_is_odd ? 1u : 0u)) ? c + 1 : c;
  }
  if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

char32_t plain_punctuation(char32_t c) {
  switch (c) {
  case 0x2018:
  case 0x2019:
  case 0x201B:
  case 0x2032:
  case 0xB4:
  case '`':
    return '\'';
  case 0x201C:
  case 0x201D:
  case 0x201F:
  case 0x2033:
    return '"';
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2212:
    return '-';
  default:
    return c;
  }
}

bool is_letter_or_digit(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

bool is_name_character(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '/';
}

std::string_view revision_of(const erp::Part& part) {
  return part.revision ? trimmed(*part.revision) : std::string_view();
}

// Does a normalised name say of some revision what follows: " rev b", " (rev. b)", ", revision b"?
bool names_revision(std::string_view rest) {
  for (const std::string_view word : {"rev", "revision"})
    for (std::size_t at = rest.find(word); at != std::string_view::npos;
         at = rest.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool starts = at == 0 || !is_letter_or_digit(rest[at - 1]);
      const bool ends = end == rest.size() || !is_letter_or_digit(rest[end]);
      if (starts && ends) return true;
    }
  return false;
}

} // namespace

std::string item_name(const erp::Part& part) {
  const std::string number(trimmed(part.number));
  const std::string revision(revision_of(part));
  return revision.empty() ? number : number + " Rev " + revision;
}

namespace {

// FNV-1a of 32 bits: the same on every machine, for ever.
std::string digest(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  std::string hex;
  for (int shift = 28; shift >= 0; shift -= 4)
    hex += "0123456789abcdef"[(hash >> shift) & 0xFu];
  return hex;
}

// A colon separates levels in QuickBooks; tab, newline and quotation mark are refused in name lists
// (Intuit; for items unconfirmed).
bool is_taken_as_it_is(const std::string& name) {
  return limits::length_of(name) <= limits::item_name &&
         name.find_first_of(":\"") == std::string::npos && !has_control_character(name);
}

} // namespace

std::string quickbooks_item_name(const erp::Part& part) {
  const std::string name = item_name(part);
  if (is_taken_as_it_is(name)) return name;
  // The mark stands behind a character that belongs to names, so that "A-77 Rev B" is not found
  // in "A-77 Rev B_8d1c...".
  const std::string mark = "_" + digest(name);
  std::string safe;
  for (const char c : name)
    if (c == '"')
      safe += "''";
    else
      safe += c == ':' ? '-' : has_control_character({&c, 1}) ? ' ' : c;
  std::string shown;
  for (std::size_t at = 0; at < safe.size();) {
    const CodePoint c = decode(safe, at);
    if (limits::length_of(shown + safe.substr(at, c.length)) + mark.size() > limits::item_name)
      break;
    shown += safe.substr(at, c.length);
    at += c.length;
  }
  return std::string(trimmed(shown)) + mark;
}

std::string vendor_name(const erp::Supplier& supplier) {
  return std::string(trimmed(supplier.name));
}

std::string normalised(std::string_view name) {
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint c = decode(name, at);
    at += c.length;
    if (is_blank(c.value)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    encode(lower(plain_punctuation(c.value)), out);
  }
  return out;
}

bool name_contains_part(std::string_view name, const erp::Part& part) {
  const std::string haystack = normalised(name);
  const std::string needle = normalised(item_name(part));
  if (needle.empty()) return false;
  const bool has_revision = !revision_of(part).empty();
  for (std::size_t at = haystack.find(needle); at != std::string::npos;
       at = haystack.find(needle, at + 1)) {
    const std::size_t end = at + needle.size();
    const bool starts = at == 0 || !is_name_character(haystack[at - 1]);
    const bool ends = end == haystack.size() || !is_name_character(haystack[end]);
    if (!starts || !ends) continue;
    // A part without revision is not meant by an item that carries one.
    if (!has_revision && names_revision(std::string_view(haystack).substr(end))) continue;
    return true;
  }
  return false;
}

} // namespace qb::mapping
