#include "http_text.hpp"

namespace fuzz {

std::string_view taken_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

qb::http::Response response_in(std::string_view text) {
  qb::http::Response response;
  for (const char c : taken_line(text).substr(0, 3))
    if (c >= '0' && c <= '9') response.status = response.status * 10 + (c - '0');
  while (!text.empty()) {
    const std::string_view line = taken_line(text);
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos)
      response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  response.body = text;
  return response;
}

} // namespace fuzz
