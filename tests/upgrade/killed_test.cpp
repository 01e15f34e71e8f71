#include "coasters.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace upgrade_test;

namespace {

using Lines = std::vector<std::string>;

constexpr long moments = 8; // of each change, all over it

process::Result run_with_steps(const Harbor& harbor, const Lines& words, long killed_at) {
  return process::run(host_test::erp_host_program(), harbor.home().words(words),
                      {.folder = harbor.home().scratch(""),
                       .extra = {{"COASTER_OUTSIDE", harbor.home().scratch("outside").string()},
                                 {"LD_PRELOAD", KILLED_AT_STEP},
                                 {"KILLED_AT_STEP", std::to_string(killed_at)},
                                 {"STEPS_FILE", harbor.home().scratch("steps").string()}}});
}

void be_at_1_0_0(const Harbor& harbor) {
  if (harbor.version() != "1.0.0") harbor.must({"plugins", "rollback", "coaster"});
}

// Runs the command again and again, each time killed before another of its steps; after each kill
// the next commands must find a version that works, every event once, and nothing left over.
template <class Ready>
void kill_at_steps(const Harbor& harbor, const Ready& ready, const Lines& command) {
  std::set<std::string> expected;
  const auto prepare = [&](const std::string& event_id) {
    be_at_1_0_0(harbor);
    CHECK(harbor.emit(event_id).exit_code == 0); // taken by 1.0.0, not brought yet
    expected.insert(event_id);
    ready();
  };
  prepare("b-0");
  REQUIRE(run_with_steps(harbor, command, 0).exit_code == 0);
  const long steps = std::stol(process::text_of(harbor.home().scratch("steps")));
  REQUIRE(steps > moments);
  for (long moment = 1; moment <= moments; ++moment) {
    prepare("b-" + std::to_string(moment));
    CHECK(run_with_steps(harbor, command, steps * moment / (moments + 1)).signal == 9);
    const std::string after = "a-" + std::to_string(moment);
    const auto emitted = harbor.emit(after);
    CHECK_MESSAGE(emitted.exit_code == 0, emitted.err);
    expected.insert(after);
    harbor.drain();
    CHECK(!harbor.has_leftovers());
    CHECK(has(harbor.must({"settings", "show", "coaster"}).out, "key=set"));
  }
  const auto outside = harbor.outside();
  CHECK(std::set<std::string>(outside.begin(), outside.end()) == expected);
  CHECK(outside.size() == expected.size()); // nothing twice
  MESSAGE(steps, " steps");
}

} // namespace

TEST_CASE("an upgrade that is killed at eight of its steps leaves a version that works, every "
          "event once") {
  const Harbor harbor;
  kill_at_steps(harbor, [] {}, {"plugins", "upgrade", coaster("1.1.0").string()});
}

TEST_CASE("so does a rollback before the first use") {
  const Harbor harbor;
  kill_at_steps(harbor,
                [&] {
                  harbor.must({"plugins", "upgrade", coaster("1.1.0").string()});
                },
                {"plugins", "rollback", "coaster"});
}

TEST_CASE("so does a rollback after it") {
  const Harbor harbor;
  int round = 0;
  kill_at_steps(harbor,
                [&] {
                  harbor.must({"plugins", "upgrade", coaster("1.1.0").string()});
                  harbor.must({"settings", "set", "coaster", "color=c-" + std::to_string(++round)});
                },
                {"plugins", "rollback", "coaster"});
}
