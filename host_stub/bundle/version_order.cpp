#include "bundle/version_order.hpp"

#include <algorithm>

namespace host::bundle {
namespace {

// Takes what stands before the next point off `text`.
std::string_view take_part(std::string_view& text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view part = text.substr(0, point);
  text.remove_prefix(std::min(point + 1, text.size()));
  return part;
}

bool is_number(std::string_view part) {
  return !part.empty() &&
         std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Numbers by their value, however long; nothing comes before a number, that before a word.
int compare_parts(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return static_cast<int>(b.empty()) - static_cast<int>(a.empty());
  if (!is_number(a) || !is_number(b)) {
    if (is_number(a) != is_number(b)) return is_number(a) ? -1 : 1;
    return a.compare(b);
  }
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

int compare_lists(std::string_view a, std::string_view b, std::string_view missing) {
  while (!a.empty() || !b.empty()) {
    const std::string_view left = a.empty() ? missing : take_part(a);
    const std::string_view right = b.empty() ? missing : take_part(b);
    if (const int order = compare_parts(left, right)) return order;
  }
  return 0;
}

} // namespace

int compare_versions(std::string_view a, std::string_view b) {
  const std::size_t a_dash = std::min(a.find('-'), a.size());
  const std::size_t b_dash = std::min(b.find('-'), b.size());
  if (const int order = compare_lists(a.substr(0, a_dash), b.substr(0, b_dash), "0")) return order;
  const std::string_view a_rest = a.substr(a_dash), b_rest = b.substr(b_dash);
  if (a_rest.empty() || b_rest.empty()) // the release itself is newer than what went before it
    return static_cast<int>(a_rest.empty()) - static_cast<int>(b_rest.empty());
  return compare_lists(a_rest.substr(1), b_rest.substr(1), "");
}

} // namespace host::bundle
