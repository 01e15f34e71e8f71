#pragma once

#include <iosfwd>
#include <string>

namespace host::validate {

struct Wanted {
  std::string path; // a library, or a folder with plugin.json
  std::string settings_file, only, skip, junit_file;
  double timeout_s = 45; // of each check
  bool is_json = false, is_in_process = false;
};

constexpr int exit_all_passed = 0;
constexpr int exit_wrong_usage = 1;
constexpr int exit_some_failed = 2;

// Each answers one of the above.
int validate(const Wanted& wanted, std::ostream& out, std::ostream& err);
int explain(const std::string& check, std::ostream& out, std::ostream& err);
int list(std::ostream& out);

} // namespace host::validate
