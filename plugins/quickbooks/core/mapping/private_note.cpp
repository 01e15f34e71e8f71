#include "core/mapping/private_note.hpp"

#include "core/mapping/text.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

constexpr std::string_view mark_opens = "[erp:";

bool begins_line(std::string_view note, std::size_t at) {
  return at == 0 || note[at - 1] == '\n' || note[at - 1] == '\r';
}

bool ends_line(std::string_view note, std::size_t end) {
  return end == note.size() || note[end] == '\n' || note[end] == '\r';
}

// Where the last mark begins, if it is that of the subject; npos else.
std::size_t find_marker(std::string_view note, std::string_view subject) {
  const std::string mark = marker(subject);
  for (std::size_t at = note.rfind(mark_opens); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : note.rfind(mark_opens, at - 1)) {
    if (!begins_line(note, at)) continue;
    const bool ours = note.compare(at, mark.size(), mark) == 0 && ends_line(note, at + mark.size());
    return ours ? at : std::string_view::npos;
  }
  return std::string_view::npos;
}

// A reference copied out of QuickBooks brings the mark along.
std::string without_line(std::string_view text, std::string_view line) {
  std::string rest;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view here = text.substr(at, end - at);
    if (trimmed(here) != line) rest.append(rest.empty() ? "" : "\n").append(here);
    at = end + 1;
  }
  return std::string(trimmed(rest));
}

} // namespace

std::string marker(std::string_view subject) {
  return std::string(mark_opens) + std::string(subject) + "]";
}

bool carries_marker(std::string_view note, std::string_view subject) {
  return find_marker(note, subject) != std::string_view::npos;
}

std::string private_note(std::string_view reference, std::string_view subject,
                         std::string_view standing_note) {
  const std::string mark = marker(subject);
  std::string note = without_line(reference, mark);
  if (!note.empty()) note += "\n";
  note += mark;
  const std::size_t standing_mark = find_marker(standing_note, subject);
  if (standing_mark != std::string_view::npos)
    note += standing_note.substr(standing_mark + mark.size());
  return note;
}

} // namespace qb::mapping
