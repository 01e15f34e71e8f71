#include "validate/report.hpp"

#include "validate/readable.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace host::validate {
namespace {

constexpr std::size_t column = 26; // as wide as the longest name, and some
constexpr std::size_t rules_column = 38;

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string seconds(std::chrono::milliseconds took, const char* form = "%.1f s") {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), form, static_cast<double>(took.count()) / 1000);
  return text.data();
}

std::string line(const char* name, std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 17)
    text.replace(at, 1, "\n" + std::string(16, ' '));
  return "      " + padded(name, 10) + text + "\n";
}

std::string in_xml(const std::string& text) {
  std::string escaped;
  for (const char c : readable(text)) {
    switch (c) {
    case '&':
      escaped += "&amp;";
      break;
    case '<':
      escaped += "&lt;";
      break;
    case '>':
      escaped += "&gt;";
      break;
    case '"':
      escaped += "&quot;";
      break;
    default:
      escaped += c;
    }
  }
  return escaped;
}

std::size_t count_of(const std::vector<Judged>& judged, bool (*holds)(Verdict)) {
  std::size_t count = 0;
  for (const Judged& one : judged)
    count += holds(one.finding.verdict);
  return count;
}

std::string names_of(const std::vector<const Check*>& those) {
  std::string text;
  for (const Check* const check : those)
    text += (text.empty() ? "" : ", ") + std::string(check->name);
  return text.empty() ? "no check" : text;
}

} // namespace

bool is_failure(Verdict verdict) {
  return verdict == Verdict::fail || verdict == Verdict::crash || verdict == Verdict::hang;
}

std::string as_table(const std::vector<Judged>& judged, const std::string& path,
                     std::chrono::milliseconds took) {
  std::string text = readable(path) + "\n";
  for (const Judged& one : judged) {
    const bool failed = is_failure(one.finding.verdict);
    const std::string name = name_of(one.finding.verdict);
    text += padded((failed ? "! " : "  ") + name, 8) + padded(one.check->name, column);
    if (one.finding.verdict == Verdict::skip)
      text += one.finding.seen + "\n";
    else
      text += padded(seconds(one.took), 9) + one.check->what + "\n";
    if (!failed && one.finding.verdict != Verdict::warn) continue;
    text += line("expected", one.finding.expected) + line("seen", one.finding.seen) +
            line("rule", one.check->rules);
    text += line("next", one.check->fix);
  }
  const std::size_t failed = count_of(judged, is_failure);
  text += "\n" + std::to_string(count_of(judged, [](Verdict it) { return it == Verdict::pass; })) +
          " passed, " + std::to_string(failed) + " failed, " +
          std::to_string(count_of(judged, [](Verdict it) { return it == Verdict::warn; })) +
          " warned, " +
          std::to_string(count_of(judged, [](Verdict it) { return it == Verdict::skip; })) +
          " skipped; " + seconds(took) + "\n";
  if (failed)
    text += "Why each matters: erp-host plugins explain CHECK. To see a crash in a debugger: "
            "--only CHECK --in-process.\n";
  return text;
}

std::string as_json(const std::vector<Judged>& judged) {
  auto all = nlohmann::json::array();
  for (const Judged& one : judged)
    all.push_back(
        {{"check", one.check->name},
         {"verdict", name_of(one.finding.verdict)},
         {"rules", one.check->rules},
         {"expected", is_failure(one.finding.verdict) ? one.finding.expected : one.check->what},
         {"seen", one.finding.seen},
         {"fix", one.check->fix},
         {"took_ms", one.took.count()}});
  return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string as_junit(const std::vector<Judged>& judged, const std::string& path,
                     std::chrono::milliseconds took) {
  const std::size_t skipped = count_of(judged, [](Verdict it) { return it == Verdict::skip; });
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" +
                     in_xml(path) + "\" tests=\"" + std::to_string(judged.size()) +
                     "\" failures=\"" + std::to_string(count_of(judged, is_failure)) +
                     "\" skipped=\"" + std::to_string(skipped) + "\" time=\"" +
                     seconds(took, "%.3f") + "\">\n";
  for (const Judged& one : judged) {
    text += "  <testcase classname=\"erp-host.validate\" name=\"" + std::string(one.check->name) +
            "\" time=\"" + seconds(one.took, "%.3f") + "\"";
    if (is_failure(one.finding.verdict))
      text += ">\n    <failure type=\"" + std::string(name_of(one.finding.verdict)) +
              "\" message=\"" + in_xml(one.finding.seen) +
              "\">expected: " + in_xml(one.finding.expected) + "\n" + in_xml(one.check->fix) +
              "</failure>\n  </testcase>\n";
    else if (one.finding.verdict == Verdict::skip)
      text += ">\n    <skipped message=\"" + in_xml(one.finding.seen) + "\"/>\n  </testcase>\n";
    else
      text += "/>\n";
  }
  return text + "</testsuite>\n";
}

std::string explained(const Check& check) {
  return std::string(check.name) + ": " + check.what + "\n\nRule: " + check.rules +
         "\n\nWhy: " + check.why + "\n\nHow to fix: " + check.fix +
         "\n\nWhat it does not see: " + check.not_seen + "\n";
}

std::string explained(const Rule& rule) {
  return std::string(rule.id) + " (erp/abi.h): " + rule.words +
         "\n\nLooked at by: " + names_of(checks_of(rule)) +
         "\n\nWhat no check sees: " + rule.not_seen + "\n";
}

std::string listed() {
  std::string text;
  for (const Check* const check : checks())
    text += padded(check->name, column) + padded(check->rules, rules_column) + check->what + "\n";
  text += "\n";
  for (const Rule& rule : rules())
    text += padded(rule.id, 5) + std::string(rule.words) + ": " + names_of(checks_of(rule)) + "\n";
  return text;
}

std::string listed_as_json() {
  auto all = nlohmann::json::array();
  for (const Check* const check : checks()) {
    auto numbered = nlohmann::json::array();
    for (const Rule& rule : rules()) {
      const auto those = checks_of(rule);
      if (std::find(those.begin(), those.end(), check) != those.end()) numbered.push_back(rule.id);
    }
    all.push_back({{"check", check->name},
                   {"rules", numbered},
                   {"stands_in", check->rules},
                   {"what", check->what},
                   {"why", check->why},
                   {"fix", check->fix},
                   {"not_seen", check->not_seen}});
  }
  return all.dump(2) + "\n";
}

} // namespace host::validate
