#include "commands/words.hpp"

#include "core/closeness/closeness.hpp"
#include "erp/sdk/barrier.hpp"

#include <algorithm>

namespace qb::commands {
namespace {

std::size_t display_width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

} // namespace

bool Words::flag(const std::string& name) {
  const auto found = std::find(words_.begin(), words_.end(), name);
  if (found == words_.end()) return false;
  words_.erase(found);
  return true;
}

std::optional<std::string> Words::value(const std::string& name) {
  const auto found = std::find(words_.begin(), words_.end(), name);
  if (found == words_.end()) return std::nullopt;
  if (found + 1 == words_.end()) throw erp::Failure{ERP_E_INVALID, name + " needs a value."};
  const std::string value = *(found + 1);
  words_.erase(found, found + 2);
  return value;
}

std::vector<std::string> Words::rest(const std::string& usage) const {
  for (const std::string& word : words_)
    if (word.rfind("--", 0) == 0)
      throw erp::Failure{ERP_E_INVALID, "Unknown option " + word + ". Usage: " + usage};
  return words_;
}

std::string unknown(const std::string& what, const std::string& wanted,
                    const std::vector<std::string>& there_are) {
  closeness::NearMisses near(wanted);
  for (const std::string& name : there_are)
    near.consider(name, name);
  const auto best = near.best();
  const auto listed = [](const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
      text += (text.empty() ? "" : ", ") + name;
    return text;
  };
  return "There is no " + what + " \"" + wanted + "\". " +
         (best.empty() ? "There are: " + listed(there_are) + "."
                       : "Did you mean " + listed(best) + "?");
}

std::string not_understood(const std::vector<std::string>& rest,
                           const std::vector<std::string>& there_are, const std::string& usage) {
  const bool known =
      rest.empty() || std::find(there_are.begin(), there_are.end(), rest[0]) != there_are.end();
  return (known ? "" : unknown("command", rest[0], there_are) + " ") + "Usage: " + usage;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += (i ? "  " : "") + row[i] + std::string(widths[i] - display_width(row[i]), ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string wrapped(const std::string& text, const std::string& indent, std::size_t width) {
  std::string out, line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && line.size() + 1 + word.size() > width) {
      out += indent + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  if (!line.empty()) out += indent + line + "\n";
  return out;
}

} // namespace qb::commands
