#include "looked_at.hpp"

#include <doctest/doctest.h>
#include <filesystem>

namespace zoo {

using nlohmann::json;

process::Result validate(std::vector<std::string> words) {
  words.insert(words.begin(), {"plugins", "validate"});
  process::Options options;
  // Most of the time goes into waiting for the disk, and none of the checks is about that.
  if (std::filesystem::is_directory("/dev/shm")) options.extra["TMPDIR"] = "/dev/shm";
  return process::run(ERP_HOST, words, options, std::chrono::minutes(4));
}

std::string animal(const std::string& name) {
  return std::string(ZOO "/") + name + ".so";
}

Names Result::with(const Names& wanted) const {
  Names names;
  for (const json& one : verdicts)
    for (const std::string& verdict : wanted)
      if (one["verdict"] == verdict) names.push_back(one["check"]);
  return names;
}

json Result::of(const std::string& check) const {
  for (const json& one : verdicts)
    if (one["check"] == check) return one;
  return json();
}

Result looked_at(const std::string& path, std::vector<std::string> more) {
  more.insert(more.begin(), {path, "--json"});
  const auto ended = validate(more);
  REQUIRE_MESSAGE(ended.err.empty(), ended.err);
  return {ended.exit_code, json::parse(ended.out)};
}

void only(const std::string& check, const std::string& path, const std::string& verdict,
          const std::vector<std::string>& more) {
  const Result result = looked_at(path, more);
  const json found = result.of(check);
  INFO(path << ": " << found.dump(2));
  CHECK(result.failed() == Names{check});
  CHECK(found["verdict"] == verdict);
  CHECK(!found["seen"].get<std::string>().empty());
  CHECK(result.exit_code == 2);
  CHECK(result.verdicts.size() == check_count);
}

bool has(const json& found, const std::string& words) {
  return found["seen"].get<std::string>().find(words) != std::string::npos;
}

namespace {
std::vector<std::pair<std::string, std::string>>& known() {
  static std::vector<std::pair<std::string, std::string>> all;
  return all;
}
} // namespace

Known::Known(std::string check, std::string animal) {
  known().emplace_back(std::move(check), std::move(animal));
}

const std::vector<std::pair<std::string, std::string>>& all_known() {
  return known();
}

} // namespace zoo
