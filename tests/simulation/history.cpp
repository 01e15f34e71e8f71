#include "history.hpp"

#include <cstdio>

namespace simulation {

Figures& Figures::operator+=(const Figures& more) {
  documents += more.documents;
  events += more.events;
  drawn += more.drawn;
  restarts += more.restarts;
  power_cuts += more.power_cuts;
  return *this;
}

std::string Figures::to_string() const {
  return std::to_string(events) + " events of " + std::to_string(documents) + " documents, " +
         std::to_string(drawn) + " faults and meddlings, " + std::to_string(restarts) +
         " restarts, " + std::to_string(power_cuts) + " of them after a power cut";
}

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
