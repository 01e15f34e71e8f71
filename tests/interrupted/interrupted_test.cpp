#include "shore.hpp"

#include <doctest/doctest.h>

// A change that is killed at any of its steps leaves the old version working, or the new one.

using namespace interrupted;

namespace {

constexpr const char* settings_of_old = "k-4711-secret\n";

// 1.0.0, set and enabled; the event b-0 is taken and not brought yet.
void begin_with_1_0(const Shore& shore) {
  shore.must({"plugins", "install", coaster("1.0.0").string()});
  shore.must({"settings", "set", "coaster", "color=blue", "key=-"}, settings_of_old);
  shore.must({"plugins", "enable", "coaster"});
  shore.takes("b-0", "1.0.0");
}

} // namespace

TEST_CASE("a first install that is killed leaves nothing, or the plugin") {
  const host_test::Home home;
  const Shore shore(home);
  shore.must({"plugins", "list"});
  check_interrupted(shore, {{"plugins", "install", coaster("1.0.0").string()}, "", "1.0.0", false});
}

TEST_CASE("an install of a newer version that is killed leaves a version that works") {
  const host_test::Home home;
  const Shore shore(home);
  begin_with_1_0(shore);
  shore.must({"plugins", "disable", "coaster"});
  check_interrupted(
      shore, {{"plugins", "install", coaster("1.1.0").string()}, "1.0.0", "1.1.0", false, {"b-0"}});
}

TEST_CASE("an upgrade that is killed leaves a version that works, every event once") {
  const host_test::Home home;
  const Shore shore(home);
  begin_with_1_0(shore);
  check_interrupted(
      shore, {{"plugins", "upgrade", coaster("1.1.0").string()}, "1.0.0", "1.1.0", true, {"b-0"}});
}

TEST_CASE("so does a rollback before the first use") {
  const host_test::Home home;
  const Shore shore(home);
  begin_with_1_0(shore);
  shore.must({"plugins", "upgrade", coaster("1.1.0").string()});
  check_interrupted(shore, {{"plugins", "rollback", "coaster"}, "1.1.0", "1.0.0", true, {"b-0"}});
}

TEST_CASE("so does a rollback after it") {
  const host_test::Home home;
  const Shore shore(home);
  begin_with_1_0(shore);
  shore.must({"plugins", "upgrade", coaster("1.1.0").string()});
  shore.takes("b-1", "1.1.0");
  check_interrupted(shore,
                    {{"plugins", "rollback", "coaster"}, "1.1.0", "1.0.0", true, {"b-0", "b-1"}});
}
