#include "validate/progress.hpp"

#include <array>
#include <atomic>
#include <sstream>
#include <unistd.h>

namespace host::validate {
namespace {

std::atomic<bool> is_reporting{false};

constexpr std::array<const char*, 6> verdict_names = {"pass", "fail",  "warn",
                                                      "skip", "crash", "hang"};

void write_line(const std::string& key, const std::string& text) {
  if (!is_reporting) return;
  std::string line = key + " ";
  for (const char c : text)
    line += c == '\n' ? std::string("\\n") : c == '\\' ? std::string("\\\\") : std::string(1, c);
  line += "\n";
  note_from_handler(line.data(), line.size());
}

std::string plain(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size())
      result += text[++i] == 'n' ? '\n' : text[i];
    else
      result += text[i];
  }
  return result;
}

} // namespace

const char* name_of(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

void fail(std::string expected, std::string seen) {
  throw Finding{Verdict::fail, std::move(expected), std::move(seen)};
}

void skip(std::string reason) {
  throw Finding{Verdict::skip, "", std::move(reason)};
}

void report_progress() {
  is_reporting = true;
}

void note_from_handler(const char* line, std::size_t size) {
  if (!is_reporting) return;
  const ssize_t written = write(progress_fd, line, size); // to a file: whole or never
  static_cast<void>(written);
}

void step(const std::string& doing) {
  write_line("step", doing);
}

void tell(const Finding& finding) {
  write_line("expected", finding.expected);
  write_line("seen", finding.seen);
  write_line("verdict", name_of(finding.verdict));
}

Progress read_progress(const std::string& text) {
  Progress progress;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    const std::string key = line.substr(0, space), value = plain(line.substr(space + 1));
    if (key == "step") progress.last_step = value;
    if (key == "note") progress.note = value;
    if (key == "expected") progress.finding.expected = value;
    if (key == "seen") progress.finding.seen = value;
    for (std::size_t i = 0; key == "verdict" && i < verdict_names.size(); ++i)
      if (value == verdict_names[i]) {
        progress.finding.verdict = static_cast<Verdict>(i);
        progress.has_finding = true;
      }
  }
  return progress;
}

} // namespace host::validate
