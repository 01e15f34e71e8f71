#include "coasters.hpp"

#include <chrono>
#include <doctest/doctest.h>

using namespace upgrade_test;
using Lines = std::vector<std::string>;

namespace {

// The upgrade says so, a notice says so, and everything is as it was.
void stays_as_it_was(const std::string& version, const std::string& why) {
  const Harbor harbor;
  harbor.emit("e-1");
  harbor.emit("e-2");
  const std::string before = harbor.belongings();
  const auto refused = harbor.upgrade(version);
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "coaster stays at 1.0.0, with everything it had"), refused.err);
  CHECK_MESSAGE(has(refused.err, why), refused.err);
  CHECK(has(harbor.notices(), "An upgrade was not made"));
  CHECK(has(harbor.notices(), "Events go to 1.0.0 as before"));
  CHECK(harbor.belongings() == before);
  CHECK(harbor.version() == "1.0.0");
  CHECK(harbor.listed().at("previous").is_null());
  CHECK(harbor.versions_on_disk() == Lines{"1.0.0"});
  CHECK(!harbor.has_leftovers());
  CHECK(harbor.emit("e-3", "new").exit_code == 0);
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2", "e-3"});
  REQUIRE(harbor.upgrade("1.14.0").exit_code == 1); // there is no such file; the notice stays
  CHECK(has(harbor.notices(), "An upgrade was not made"));
  REQUIRE(harbor.upgrade("2.0.0").exit_code == 0);
  CHECK(!has(harbor.notices(), "An upgrade was not made"));
}

} // namespace

TEST_CASE("a version that does not activate is not upgraded to") {
  stays_as_it_was("1.2.0", "1.2.0 could not be activated: my tables do not fit");
}

TEST_CASE("a version that crashes when it is activated does not take the host along") {
  stays_as_it_was("1.3.0", "1.3.0 crashed (Segmentation fault) when it was activated");
}

TEST_CASE("a version that hangs when it is activated is given up") {
  const auto before = std::chrono::steady_clock::now();
  stays_as_it_was("1.4.0",
                  "1.4.0 could not be activated: coaster did not come back from its activation");
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(120));
}

TEST_CASE("a version whose hooks fail on the events of before is not upgraded to") {
  stays_as_it_was("1.5.0", "1.5.0 failed on 2 of 2 events it was tried with: my hooks are broken");
}

TEST_CASE("a version whose job fails is not upgraded to") {
  stays_as_it_was("1.9.0", "1.9.0 failed in its job: my engine is broken");
}

TEST_CASE("a version that needs another setting says which, and how to come to it") {
  stays_as_it_was("1.10.0", "harbor");
  const Harbor harbor;
  const auto refused = harbor.upgrade("1.10.0");
  CHECK(has(refused.err, "plugins disable"));
  harbor.must({"plugins", "disable", "coaster"});
  REQUIRE(harbor.upgrade("1.10.0").exit_code == 0);
  harbor.must({"settings", "set", "coaster", "harbor=north"});
  harbor.must({"plugins", "enable", "coaster"});
  CHECK(harbor.emit("e-1").exit_code == 0);
}

TEST_CASE(
    "a version that only fails in the host's own process is taken back with the data of before") {
  stays_as_it_was("1.11.0", "1.11.0 my tables do not fit");
}

TEST_CASE("a version that crashes in the host's own process is taken back by the next command") {
  const Harbor harbor;
  harbor.emit("e-1");
  const std::string before = harbor.belongings();
  CHECK(harbor.upgrade("1.12.0").signal != 0);
  CHECK(harbor.version() == "1.0.0");
  CHECK(has(harbor.notices(), "did not come to its end"));
  CHECK(harbor.belongings() == before);
  CHECK(!harbor.has_leftovers());
  CHECK(harbor.versions_on_disk() == Lines{"1.0.0"});
  harbor.emit("e-2");
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2"});
}

TEST_CASE("a version that hangs in the host's own process is taken back by the next command") {
  const Harbor harbor;
  harbor.emit("e-1");
  const std::string before = harbor.belongings();
  const auto hung = harbor.upgrade("1.13.0");
  CHECK(hung.exit_code == 1);
  CHECK_MESSAGE(has(hung.err, "1.0.0 works again as soon as this process has ended"), hung.err);
  CHECK(harbor.version() == "1.0.0");
  CHECK(harbor.belongings() == before);
  harbor.emit("e-2");
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2"});
}

TEST_CASE("upgrade goes to newer versions only") {
  const Harbor harbor("1.1.0");
  const auto older = harbor.upgrade("1.0.0");
  CHECK(older.exit_code == 1);
  CHECK(has(older.err, "plugins rollback coaster"));
  CHECK(has(harbor.upgrade("1.1.0").err, "is installed already"));
  CHECK(harbor.version() == "1.1.0");
  CHECK(harbor.rollback().exit_code == 1);
  const host_test::Home empty;
  const auto unknown = empty.run({"plugins", "upgrade", coaster("1.0.0").string()});
  CHECK(unknown.exit_code == 1);
  CHECK(has(unknown.err, "plugins install"));
}

TEST_CASE(
    "a version that says it cannot start from the data of the present one is refused at once") {
  const Harbor harbor;
  harbor.must({"plugins", "disable", "coaster"});
  harbor.must({"plugins", "install", harbor.folder("1.1.0", 1, {1}).string()});
  harbor.must({"plugins", "enable", "coaster"});
  const auto refused =
      harbor.run({"plugins", "upgrade", harbor.folder("2.0.0", 3, {2, 3}).string()});
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "cannot start from the data of 1.1.0"));
  CHECK(harbor.version() == "1.1.0");
}
