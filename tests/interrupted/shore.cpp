#include "shore.hpp"

#include "process/steps.hpp"

#include "may_kill.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>

namespace interrupted {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Most of the time goes into waiting for the disk, and no test here is about power.
const bool in_memory = [] {
  return fs::is_directory("/dev/shm") && setenv("TMPDIR", "/dev/shm", 1) == 0;
}();

Words lines_of(const fs::path& file) {
  std::ifstream stream(file);
  Words lines;
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

void copy_home(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  if (fs::is_directory(from)) fs::copy(from, to, fs::copy_options::recursive);
}

} // namespace

fs::path coaster(const std::string& version) {
  return version == "1.0.0" ? COASTER_1_0 : COASTER_1_1;
}

void Shore::keep() const {
  copy_home(home_.path(), home_.scratch("kept"));
  const fs::path outside = home_.scratch("outside");
  if (fs::exists(outside))
    fs::copy_file(outside, home_.scratch("kept_outside"), fs::copy_options::overwrite_existing);
}

void Shore::put_back() const {
  copy_home(home_.scratch("kept"), home_.path());
  fs::remove(home_.scratch("outside"));
  if (fs::exists(home_.scratch("kept_outside")))
    fs::copy_file(home_.scratch("kept_outside"), home_.scratch("outside"));
}

process::Options Shore::options() const {
  return {.input = "",
          .folder = home_.scratch(""),
          .extra = {{"COASTER_OUTSIDE", home_.scratch("outside").string()}}};
}

process::Result Shore::run(const Words& words, const std::string& input) const {
  process::Options with_input = options();
  with_input.input = input;
  return process::run(host_test::erp_host_program(), home_.words(words), with_input);
}

process::Result Shore::must(const Words& words, const std::string& input) const {
  const auto result = run(words, input);
  INFO(words[0] << " " << words.at(1) << ": " << result.out << result.err);
  REQUIRE(result.exit_code == 0);
  return result;
}

bool Shore::killed_before(long step, const Words& words) const {
  const auto stepped =
      process::run_until_step(step, host_test::erp_host_program(), home_.words(words), options());
  if (!stepped.was_killed()) CHECK_MESSAGE(stepped.result.exit_code == 0, stepped.result.err);
  return stepped.was_killed();
}

long Shore::steps_of(const Words& words) const {
  const auto stepped =
      process::run_until_step(0, host_test::erp_host_program(), home_.words(words), options());
  REQUIRE_MESSAGE(stepped.result.exit_code == 0, stepped.result.err);
  return stepped.steps;
}

json Shore::listed() const {
  const json all = json::parse(must({"plugins", "list", "--json"}).out);
  REQUIRE(all.size() <= 1);
  return all.empty() ? json::object() : all[0];
}

void Shore::takes(const std::string& event_id, const std::string& version) const {
  const auto emitted =
      run({"--timeout", "0", "emit", "-"}, host_test::part_saved(event_id, "P-" + event_id, "old"));
  CHECK_MESSAGE(emitted.exit_code == 0, emitted.err);
  const Words taken = lines_of(home_.path() / "data" / "coaster" / "taken_by");
  REQUIRE(!taken.empty());
  CHECK(taken.back() == version + " " + event_id);
}

Words Shore::outside() const {
  return lines_of(home_.scratch("outside"));
}

std::set<std::string> Shore::files() const {
  std::set<std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(home_.path()))
    all.insert(entry.path().lexically_relative(home_.path()));
  return all;
}

void Shore::check_tidy() const {
  for (const std::string& file : files()) {
    CHECK_MESSAGE(file.find(".new.") == std::string::npos, file);
    CHECK_MESSAGE(file.rfind("plugins/.staging/", 0) != 0, file);
    CHECK_MESSAGE(file.find("rehearsal") == std::string::npos, file);
  }
}

std::vector<long> steps_taken(long steps) {
  // Threads that take turns can make it a few more; who asks for all of them stops at the end.
  constexpr long more_max = 10;
  const long count = STEPS_TAKEN == 0 ? steps + more_max : STEPS_TAKEN;
  std::vector<long> taken;
  for (long i = 0; i < count; ++i)
    taken.push_back(STEPS_TAKEN == 0 ? i + 1 : 1 + i * (steps - 1) / (count - 1));
  return taken;
}

long kills_min(long steps) {
  return STEPS_TAKEN == 0 ? steps - 3 : STEPS_TAKEN - 1; // or a few less
}

namespace {

// What must be so a while after the change, whether it was interrupted or not.
void check_goes_on(const Shore& shore, const Change& change, std::set<std::string> arrived) {
  if (!change.is_enabled) shore.must({"plugins", "enable", "coaster"});
  shore.takes("z-1", change.after);
  arrived.insert("z-1");
  shore.must({"drain", "coaster"});
  const Words outside = shore.outside();
  CHECK(std::set<std::string>(outside.begin(), outside.end()) == arrived);
  CHECK(outside.size() == arrived.size()); // nothing twice
  const json listed = shore.listed();
  CHECK(listed.at("version") == change.after);
  CHECK(listed.at("state") == "enabled");
  shore.check_tidy();
}

void check_after_kill(const Shore& shore, const Change& change, bool& has_changed) {
  const std::string version = shore.version();
  CHECK((version == change.before || version == change.after));
  CHECK(!(has_changed && version == change.before)); // it changes at one step, once
  has_changed = version == change.after;
  shore.check_tidy();
  auto arrived = change.arrived;
  if (!version.empty()) {
    if (!change.is_enabled) shore.must({"plugins", "enable", "coaster"});
    shore.takes("a-1", version);
    arrived.insert("a-1");
    if (!change.is_enabled) shore.must({"plugins", "disable", "coaster"});
  }
  const auto again = shore.run(change.command);
  if (!has_changed) CHECK_MESSAGE(again.exit_code == 0, again.err);
  check_goes_on(shore, change, arrived);
}

} // namespace

void check_interrupted(const Shore& shore, const Change& change) {
  if (!may_kill_at_steps()) return;
  shore.keep();
  const long steps = shore.steps_of(change.command);
  check_goes_on(shore, change, change.arrived);
  const auto files = shore.files();
  bool has_changed = false;
  long kills = 0;
  for (const long step : steps_taken(steps)) {
    CAPTURE(step);
    shore.put_back();
    if (!shore.killed_before(step, change.command)) break;
    ++kills;
    check_after_kill(shore, change, has_changed);
    std::string more; // than after a change that nobody interrupted
    for (const std::string& file : shore.files())
      if (files.count(file) == 0) more += file + " ";
    CHECK(more == "");
  }
  CHECK(kills >= kills_min(steps));
  MESSAGE(change.command[0], " ", change.command[1], ": ", steps, " steps, killed at ", kills);
}

} // namespace interrupted
