#include "cli/mistyped.hpp"

#include "settings/schema.hpp"

#include <algorithm>

namespace host::cli {
namespace {

std::string joined(const std::vector<std::string>& words, const std::string& before_each) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : ", ") + before_each + word;
  return text;
}

std::string no_command(const std::string& group, const std::string& wanted,
                       const std::vector<std::string>& there_are) {
  const std::string before = group.empty() ? "" : group + " ";
  const auto close = settings::close_matches(wanted, there_are);
  return "there is no command \"" + before + wanted + "\"; " +
         (close.empty() ? "there are: " + joined(there_are, before)
                        : "did you mean " + joined(close, before) + "?");
}

} // namespace

std::optional<std::string> mistyped_command(const std::vector<std::string>& plain_words,
                                            const CommandNames& there_are) {
  if (plain_words.empty()) return std::nullopt;
  const std::string& first = plain_words.front();
  const auto group = there_are.find(first);
  if (group == there_are.end()) {
    std::vector<std::string> names;
    for (const auto& [name, commands] : there_are)
      names.push_back(name);
    return no_command("", first, names);
  }
  const auto& commands = group->second;
  if (commands.empty() || plain_words.size() < 2 ||
      std::find(commands.begin(), commands.end(), plain_words[1]) != commands.end())
    return std::nullopt;
  return no_command(first, plain_words[1], commands);
}

std::string example_of(const std::string& command) {
  static const std::map<std::string, std::string> arguments = {
      {"plugins install", "quickbooks-0.1.0-x86_64-linux.tar.gz"},
      {"plugins upgrade", "quickbooks-0.2.0-x86_64-linux.tar.gz"},
      {"plugins rollback", "quickbooks"},
      {"plugins keys add", "ledgerhook.pub"},
      {"plugins keys remove", "4f2a9c1e"},
      {"marketplace add", "https://plugins.example.com/erp --root-key root.pub"},
      {"marketplace show", "quickbooks"},
      {"marketplace install", "quickbooks"},
      {"marketplace upgrade", "quickbooks"},
      {"marketplace rollback", "quickbooks"},
      {"plugins enable", "quickbooks"},
      {"plugins disable", "quickbooks"},
      {"settings show", "quickbooks"},
      {"settings set", "quickbooks environment=sandbox client_secret=@FILE"},
      {"host-settings set", "redirect_url=http://localhost:8765/callback"},
      {"connect", "quickbooks --company \"Example Manufacturing\""},
      {"disconnect", "quickbooks"},
      {"emit", "orders.jsonl"},
      {"events list", "--undelivered"},
      {"events retry", "e-1042"},
      {"drain", "quickbooks --timeout 120"},
      {"run", "quickbooks inbox list"},
      {"attributes set", "\"Expense Code\" --options \"Shop Supplies,Tooling\""},
      {"attributes remove", "\"Expense Code\""}};
  const auto found = arguments.find(command);
  return "erp-host --home HOME_DIR " + command +
         (found == arguments.end() ? "" : " " + found->second);
}

} // namespace host::cli
