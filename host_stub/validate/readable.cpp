#include "validate/readable.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::validate {
namespace {

using nlohmann::json;

constexpr const char* replacement = "\xEF\xBF\xBD"; // U+FFFD

// In text that is UTF-8: how many bytes at `at` make a character nobody should be shown; 0: none.
std::size_t unwanted_bytes(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  if ((byte(at) < 0x20 && byte(at) != '\n') || byte(at) == 0x7F) return 1;
  if (byte(at) == 0xC2 && byte(at + 1) < 0xA0) return 2;                          // C1 controls
  if (byte(at) == 0xEF && byte(at + 1) == 0xBF && byte(at + 2) >= 0xBE) return 3; // no characters
  return 0;
}

} // namespace

bool is_utf8(const char* text, std::size_t size) {
  try {
    static_cast<void>(json(std::string(text, size)).dump());
    return true;
  } catch (const json::type_error&) {
    return false;
  }
}

std::string readable(const std::string& text) {
  const std::string utf8 =
      json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace))
          .get<std::string>();
  std::string result;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t bytes = unwanted_bytes(utf8, at);
    if (bytes)
      result += replacement;
    else
      result += utf8[at];
    at += std::max<std::size_t>(bytes, 1);
  }
  return result;
}

} // namespace host::validate
