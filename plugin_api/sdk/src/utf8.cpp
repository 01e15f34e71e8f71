#include "utf8.hpp"

#include <cstdint>
#include <cstring>

namespace erp {
namespace {

// How the bytes after a leading byte must look: their number, and the bounds of the first of them,
// which keep out overlong forms, surrogates and what lies above U+10FFFF.
struct Tail {
  int length;
  unsigned char first_min;
  unsigned char first_max;
};

Tail tail_of(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1, 0x80, 0xBF};
  if (lead >= 0xE0 && lead <= 0xEF)
    return {2, static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
  if (lead >= 0xF0 && lead <= 0xF4)
    return {3, static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
  return {0, 0, 0};
}

// Eight bytes of plain ASCII at once: most text is nothing else.
bool is_ascii_block(const char* data) {
  std::uint64_t block = 0;
  std::memcpy(&block, data, sizeof block);
  return (block & 0x8080808080808080U) == 0;
}

} // namespace

bool is_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8 && is_ascii_block(text.data() + at)) {
      at += 8;
      continue;
    }
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) continue;
    const Tail tail = tail_of(lead);
    if (tail.length == 0 || text.size() - at < static_cast<std::size_t>(tail.length)) return false;
    for (int i = 0; i < tail.length; ++i) {
      const auto next = static_cast<unsigned char>(text[at++]);
      if (next < (i == 0 ? tail.first_min : 0x80) || next > (i == 0 ? tail.first_max : 0xBF))
        return false;
    }
  }
  return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t size_max) {
  if (text.size() <= size_max) return text;
  std::size_t size = size_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
    --size;
  return text.substr(0, size);
}

} // namespace erp
