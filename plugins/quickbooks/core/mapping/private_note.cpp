#include "core/mapping/private_note.hpp"

#include "core/mapping/text.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

constexpr std::string_view mark_opens = "[erp:";

bool begins_line(std::string_view note, std::size_t at) {
  return at == 0 || note[at - 1] == '\n' || note[at - 1] == '\r';
}

struct Mark {
  std::size_t at = 0;
  std::string_view subject;
};

// The last one; nullopt: there is none, or something stands behind it in its line.
std::optional<Mark> last_mark(std::string_view note) {
  for (std::size_t at = note.rfind(mark_opens); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : note.rfind(mark_opens, at - 1)) {
    if (!begins_line(note, at)) continue;
    const std::string_view line =
        note.substr(at, std::min(note.find_first_of("\r\n", at), note.size()) - at);
    if (!line.ends_with(']')) return std::nullopt;
    return Mark{at, line.substr(mark_opens.size(), line.size() - mark_opens.size() - 1)};
  }
  return std::nullopt;
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

std::optional<std::string> marked_subject(std::string_view note) {
  const auto mark = last_mark(note);
  if (!mark) return std::nullopt;
  return std::string(mark->subject);
}

bool carries_marker(std::string_view note, std::string_view subject) {
  return marked_subject(note) == subject;
}

std::string private_note(std::string_view reference, std::string_view subject,
                         std::string_view standing_note) {
  const std::string mark = marker(subject);
  std::string note = without_line(reference, mark);
  if (!note.empty()) note += "\n";
  note += mark;
  const auto standing = last_mark(standing_note);
  if (standing && standing->subject == subject)
    note += standing_note.substr(standing->at + mark.size());
  return note;
}

} // namespace qb::mapping
