#include "coasters.hpp"

#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>
#include <set>
#include <thread>

using namespace upgrade_test;

namespace {

using Clock = std::chrono::steady_clock;
using Lines = std::vector<std::string>;

constexpr int moments = 12;

// Runs `change` again and again, killed each time a little later; after each kill the next
// commands must find a version that works, every event once, and nothing left over.
template <class Prepare, class Change>
void kill_at_several_moments(const Harbor& harbor, const Prepare& prepare, const Change& change) {
  prepare();
  const auto began = Clock::now();
  auto whole_change = change();
  REQUIRE(whole_change->wait().exit_code == 0);
  const auto whole = Clock::now() - began;
  int killed = 0;
  std::set<std::string> expected;
  for (const std::string& id : harbor.outside())
    expected.insert(id);
  std::set<std::string> versions;
  for (int moment = 0; moment < moments; ++moment) {
    prepare();
    const std::string before = "b-" + std::to_string(moment), after = "a-" + std::to_string(moment);
    CHECK(harbor.emit(before).exit_code == 0); // taken, not brought yet
    auto changing = change();
    std::this_thread::sleep_for(whole * moment / moments);
    changing->kill_hard();
    killed += changing->wait().signal == 9 ? 1 : 0;
    const auto emitted = harbor.emit(after);
    CHECK_MESSAGE(emitted.exit_code == 0, emitted.err);
    harbor.drain();
    expected.insert({before, after});
    versions.insert(harbor.version());
    CHECK(!harbor.has_leftovers());
    CHECK(has(harbor.must({"settings", "show", "coaster"}).out, "key=set"));
  }
  const auto outside = harbor.outside();
  CHECK(std::set<std::string>(outside.begin(), outside.end()) == expected);
  CHECK(outside.size() == expected.size()); // nothing twice
  CHECK(killed > 0);
  MESSAGE(killed, " killed; left at ", versions.size(), " different versions");
}

// Whatever there is, 1.0.0 again, as if nothing else had ever been.
void install_anew(const Harbor& harbor) {
  harbor.must({"plugins", "disable", "coaster"});
  harbor.must({"plugins", "install", coaster("1.0.0").string()});
  harbor.must({"plugins", "enable", "coaster"});
}

std::unique_ptr<process::Running> started(const Harbor& harbor, const Lines& words) {
  return std::make_unique<process::Running>(
      host_test::erp_host_program(), harbor.home().words(words),
      process::Options{.folder = harbor.home().scratch(""),
                       .extra = {{"COASTER_OUTSIDE", harbor.home().scratch("outside").string()}}});
}

} // namespace

TEST_CASE("an upgrade that is killed at any moment leaves a version that works, every event once") {
  const Harbor harbor;
  kill_at_several_moments(
      harbor, [&] { install_anew(harbor); },
      [&] {
        return started(harbor, {"plugins", "upgrade", coaster("1.1.0").string()});
      });
}

TEST_CASE("so does a rollback before the first use") {
  const Harbor harbor;
  kill_at_several_moments(
      harbor,
      [&] {
        install_anew(harbor);
        harbor.must({"plugins", "upgrade", coaster("1.1.0").string()});
      },
      [&] {
        return started(harbor, {"plugins", "rollback", "coaster"});
      });
}

TEST_CASE("so does a rollback after it") {
  const Harbor harbor;
  int round = 0;
  kill_at_several_moments(
      harbor,
      [&] {
        install_anew(harbor);
        harbor.must({"plugins", "upgrade", coaster("1.1.0").string()});
        harbor.must({"settings", "set", "coaster", "color=c-" + std::to_string(++round)});
      },
      [&] {
        return started(harbor, {"plugins", "rollback", "coaster"});
      });
}
