#include "validate/arguments.hpp"

#include "validate/validate.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

namespace host::validate {
namespace {

struct Words {
  std::vector<std::string> rest; // behind what may stand before any command
  std::string home;
};

Words plain(const std::vector<std::string>& words) {
  Words found;
  bool wants_help = false;
  constexpr std::string_view home_is = "--home=";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (found.rest.empty() && words[i] == "--home" && i + 1 < words.size())
      found.home = words[++i];
    else if (found.rest.empty() && words[i].rfind(home_is, 0) == 0)
      found.home = words[i].substr(home_is.size());
    else if (found.rest.empty() && words[i] == "--timeout")
      ++i;
    else if (found.rest.empty() && words[i].rfind("--timeout=", 0) == 0)
      continue;
    else if (found.rest.empty() && words[i] == "help")
      wants_help = true;
    else
      found.rest.push_back(words[i]);
  }
  if (wants_help) found.rest.emplace_back("--help");
  return found;
}

} // namespace

std::optional<int> validate_if_asked(const std::vector<std::string>& all_words) {
  auto [words, home] = plain(all_words);
  if (words.size() < 2 || words[0] != "plugins" ||
      (words[1] != "validate" && words[1] != "explain"))
    return std::nullopt;
  const bool is_explain = words[1] == "explain";
  words.erase(words.begin(), words.begin() + 2);
  CLI::App app(is_explain ? "What a check or a rule asks for, why, and how to pass it"
                          : "Tries a plugin against the rules of the interface, each check in a "
                            "process of its own. Nothing is installed, no home is changed. Exit 0: "
                            "nothing failed; 2: something did; 1: usage.\nExamples:\n  erp-host "
                            "plugins validate ./myplugin.so --settings settings.json\n  erp-host "
                            "plugins validate myplugin-1.0.0-x86_64-linux.tar.gz --key my.pub",
               std::string("erp-host plugins ") + (is_explain ? "explain" : "validate"));
  Wanted wanted;
  wanted.home = home;
  std::string check;
  bool is_list = false;
  if (is_explain) {
    app.add_option("CHECK", check, "the name of a check, or a rule: R5")->required();
  } else {
    app.add_option("PATH", wanted.path,
                   "a bundle (*.tar.gz with its .minisig beside it), a library, or a folder with "
                   "plugin.json");
    app.add_option("--key", wanted.key_files,
                   "a public key of minisign that may have signed the bundle; may be repeated")
        ->allow_extra_args(false);
    app.add_option("--home", wanted.home, "the keys of this home may have signed it, too");
    app.add_option(
        "--settings", wanted.settings_file,
        "what the plugin needs to be activated: {\"name\":\"value\", ...}, secrets in clear");
    app.add_option("--only", wanted.only, "only checks whose name matches this regular expression");
    app.add_option("--skip", wanted.skip, "no checks whose name matches this regular expression");
    app.add_option("--timeout", wanted.timeout_s,
                   "seconds that a check may take before it counts as a hang (default 45)")
        ->check(CLI::Range(0.1, 3600.0));
    app.add_flag("--json", wanted.is_json, "print one JSON array");
    app.add_option("--junit", wanted.junit_file, "also write this file, for a build server");
    app.add_flag(
        "--in-process", wanted.is_in_process,
        "run the checks here, one after the other and without a time limit, for a debugger");
    app.add_flag("--list", is_list, "name all checks with their rules, and all rules");
  }
  std::reverse(words.begin(), words.end()); // as CLI11 wants it
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 1;
  }
  if (is_explain) return explain(check, std::cout, std::cerr);
  if (is_list) return list(wanted.is_json, std::cout);
  if (wanted.path.empty()) {
    std::cerr << "erp-host: give the bundle, the library or the folder to validate\n";
    return 1;
  }
  return validate(wanted, std::cout, std::cerr);
}

} // namespace host::validate
