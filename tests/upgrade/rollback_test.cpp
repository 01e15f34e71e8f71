#include "coasters.hpp"

#include <doctest/doctest.h>
#include <filesystem>

using namespace upgrade_test;
using Lines = std::vector<std::string>;

TEST_CASE("a new version that was not used yet is rolled back with the data of before") {
  const Harbor harbor;
  harbor.emit("e-1");
  const std::string before = harbor.belongings();
  REQUIRE(harbor.upgrade("2.0.0").exit_code == 0);
  CHECK(harbor.data("form") == Lines{"1", "2"});
  CHECK(harbor.has_snapshot());
  const auto back = harbor.rollback();
  REQUIRE_MESSAGE(back.exit_code == 0, back.err);
  CHECK(has(back.out, "with the data of before the upgrade"));
  CHECK(harbor.belongings() == before);
  CHECK(harbor.version() == "1.0.0");
  CHECK(!harbor.has_leftovers());
  CHECK(harbor.versions_on_disk() == Lines{"1.0.0"});
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1"});
}

TEST_CASE("the first use of a new version takes the snapshot away before anything else happens") {
  for (const bool by_setting : {false, true}) {
    const Harbor harbor;
    REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
    CHECK(harbor.has_snapshot());
    harbor.must({"plugins", "list"});
    harbor.must({"settings", "show", "coaster"});
    CHECK(harbor.has_snapshot()); // who only looks uses nothing
    if (by_setting)
      harbor.must({"settings", "set", "coaster", "color=red"});
    else
      harbor.emit("e-1");
    CHECK(!harbor.has_snapshot());
    const auto back = harbor.rollback();
    REQUIRE_MESSAGE(back.exit_code == 0, back.err);
    CHECK(has(back.out, "with the present data"));
    CHECK(has(harbor.must({"settings", "show", "coaster"}).out,
              by_setting ? "color=red" : "color=blue"));
  }
}

TEST_CASE("what the new version brought outside is never brought again after a rollback") {
  const Harbor harbor;
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  harbor.emit("e-1");
  harbor.drain();
  harbor.emit("e-2");
  REQUIRE(harbor.rollback().exit_code == 0);
  CHECK(harbor.version() == "1.0.0");
  CHECK(harbor.listed().at("previous").is_null());
  harbor.emit("e-3");
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2", "e-3"});
  CHECK(harbor.data("taken_by") == Lines{"1.1.0 e-1", "1.1.0 e-2", "1.0.0 e-3"});
}

TEST_CASE("a version that cannot read what the new one wrote does not come back") {
  const Harbor harbor;
  REQUIRE(harbor.upgrade("2.0.0").exit_code == 0);
  harbor.emit("e-1");
  harbor.drain();
  const auto refused = harbor.rollback();
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "1.0.0 cannot take over from 2.0.0"), refused.err);
  CHECK_MESSAGE(has(refused.err, "my data are of a newer version"), refused.err);
  CHECK(harbor.version() == "2.0.0");
  harbor.emit("e-2");
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2"});
}

TEST_CASE("what a manifest says of its data is believed without trying it") {
  const Harbor harbor;
  harbor.must({"plugins", "disable", "coaster"});
  harbor.must({"plugins", "install", harbor.folder("1.0.0", 1, {1}).string()});
  harbor.must({"plugins", "enable", "coaster"});
  harbor.must({"plugins", "upgrade", harbor.folder("1.1.0", 2, {1, 2}).string()});
  harbor.emit("e-1");
  const auto refused = harbor.rollback();
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "must not be replaced by older ones"), refused.err);
}

TEST_CASE("a version whose file was changed since is not gone back to") {
  const Harbor harbor;
  const std::string library = harbor.listed().at("library");
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  process::write_text(library, "something else");
  const auto refused = harbor.rollback();
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "no longer the file that was installed"));
  CHECK(harbor.version() == "1.1.0");
}

TEST_CASE("after a trial a person can still go back, with the present data") {
  const Harbor harbor;
  harbor.must({"host-settings", "set", "trial_minutes=0"});
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  harbor.emit("e-1");
  harbor.drain();
  CHECK(harbor.listed().at("trial").is_null());
  REQUIRE(harbor.rollback().exit_code == 0);
  harbor.emit("e-2");
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2"});
  CHECK(harbor.version() == "1.0.0");
}
