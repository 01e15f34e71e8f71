#include "validate/arguments.hpp"

#include "validate/validate.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

namespace host::validate {
namespace {

// Behind what may stand before any command.
std::vector<std::string> plain(std::vector<std::string> words) {
  std::vector<std::string> rest;
  bool wants_help = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (rest.empty() && (words[i] == "--home" || words[i] == "--timeout"))
      ++i;
    else if (rest.empty() &&
             (words[i].rfind("--home=", 0) == 0 || words[i].rfind("--timeout=", 0) == 0))
      continue;
    else if (rest.empty() && words[i] == "help")
      wants_help = true;
    else
      rest.push_back(words[i]);
  }
  if (wants_help) rest.emplace_back("--help");
  return rest;
}

} // namespace

std::optional<int> validate_if_asked(const std::vector<std::string>& all_words) {
  std::vector<std::string> words = plain(all_words);
  if (words.size() < 2 || words[0] != "plugins" ||
      (words[1] != "validate" && words[1] != "explain"))
    return std::nullopt;
  const bool is_explain = words[1] == "explain";
  words.erase(words.begin(), words.begin() + 2);
  CLI::App app(is_explain ? "What a check asks for, why, and how to pass it"
                          : "Tries a plugin against the rules of the interface, each check in a "
                            "process of its own. Nothing is installed, no home is touched. Exit 0: "
                            "nothing failed; 2: something did; 1: usage.\nExample:\n  erp-host "
                            "plugins validate ./myplugin.so --settings settings.json",
               std::string("erp-host plugins ") + (is_explain ? "explain" : "validate"));
  Wanted wanted;
  std::string check;
  bool is_list = false;
  if (is_explain) {
    app.add_option("CHECK", check, "the name of a check")->required();
  } else {
    app.add_option("PATH", wanted.path, "a library, or a folder with plugin.json");
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
    app.add_flag("--list", is_list, "name all checks");
  }
  std::reverse(words.begin(), words.end()); // as CLI11 wants it
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 1;
  }
  if (is_explain) return explain(check, std::cout, std::cerr);
  if (is_list) return list(std::cout);
  if (wanted.path.empty()) {
    std::cerr << "erp-host: give the library or the folder to validate\n";
    return 1;
  }
  return validate(wanted, std::cout, std::cerr);
}

} // namespace host::validate
