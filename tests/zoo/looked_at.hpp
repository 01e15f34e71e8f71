#pragma once

#include "process/process.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

// What `erp-host plugins validate` makes of a plugin.
namespace zoo {

using Names = std::vector<std::string>;

constexpr std::size_t check_count = 25;

process::Result validate(std::vector<std::string> words);
std::string animal(const std::string& name); // the path of its library

struct Result {
  int exit_code;
  nlohmann::json verdicts;
  Names with(const Names& wanted) const; // the checks with one of these verdicts
  Names failed() const { return with({"fail", "crash", "hang"}); }
  nlohmann::json of(const std::string& check) const;
};
Result looked_at(const std::string& path, std::vector<std::string> more = {});

// All checks on it, of which just this one may fail.
void only(const std::string& check, const std::string& path, const std::string& verdict = "fail",
          const std::vector<std::string>& more = {});

bool has(const nlohmann::json& found, const std::string& words); // in "seen"

// Who is caught by which check, for the count at the end.
struct Known {
  Known(std::string check, std::string animal);
};
const std::vector<std::pair<std::string, std::string>>& all_known();

} // namespace zoo

// A test case, and an entry in all_known().
#define CAUGHT_BY(check, animal_name, words, ...)                                                  \
  static const zoo::Known DOCTEST_ANONYMOUS(known_)(check, animal_name);                           \
  TEST_CASE(check " alone catches " words) {                                                       \
    zoo::only(check, zoo::animal(animal_name) __VA_OPT__(, ) __VA_ARGS__);                         \
  }
