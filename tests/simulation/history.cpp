#include "history.hpp"

#include <cstdio>

namespace simulation {

void History::add(const std::string& line) {
  const std::int64_t ms = (clock_.now - began_) / 1000;
  std::string text = std::to_string(ms / 1000) + "." + std::to_string(1000 + ms % 1000).substr(1);
  text.insert(0, text.size() < 10 ? 10 - text.size() : 0, ' ');
  text += "  " + line;
  for (const char c : text)
    hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001B3u; // FNV-1a
  if (live) std::fprintf(stderr, "%s\n", text.c_str());
  lines_.push_back(std::move(text));
}

void History::violated(const std::string& words) {
  add("VIOLATED: " + words);
  if (violation_.empty()) violation_ = words;
}

std::string History::nickname(const std::string& random_id) {
  const auto [found, is_new] =
      nicknames_.try_emplace(random_id, static_cast<int>(nicknames_.size()) + 1);
  return "request " + std::to_string(found->second);
}

} // namespace simulation
