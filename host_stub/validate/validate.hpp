#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace host::validate {

struct Wanted {
  std::string path;                   // a bundle, a library, or a folder with plugin.json
  std::vector<std::string> key_files; // public keys that may have signed the bundle
  std::string home;                   // whose keys may have, too; empty: none
  std::string settings_file, only, skip, junit_file;
  double timeout_s = 45; // of each check
  bool is_json = false, is_in_process = false;
};

constexpr int exit_all_passed = 0;
constexpr int exit_wrong_usage = 1;
constexpr int exit_some_failed = 2;

// Each answers one of the above.
int validate(const Wanted& wanted, std::ostream& out, std::ostream& err);
int explain(const std::string& check_or_rule, std::ostream& out, std::ostream& err);
int list(bool is_json, std::ostream& out);

} // namespace host::validate
