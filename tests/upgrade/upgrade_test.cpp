#include "coasters.hpp"

#include <doctest/doctest.h>
#include <thread>

using namespace upgrade_test;
using Lines = std::vector<std::string>;

TEST_CASE("an upgraded plugin goes on with its data, secrets and settings, each event once") {
  const Harbor harbor;
  CHECK(harbor.emit("e-1").exit_code == 0);
  harbor.drain();
  CHECK(harbor.emit("e-2").exit_code == 0); // taken by 1.0.0, to be brought by 1.1.0
  const auto upgraded = harbor.upgrade("1.1.0");
  REQUIRE_MESSAGE(upgraded.exit_code == 0, upgraded.err);
  CHECK(upgraded.out == "upgraded coaster from 1.0.0 to 1.1.0 (unsigned), on trial for 15 minutes "
                        "from its first use\n");
  CHECK(harbor.outside() == Lines{"e-1"}); // the rehearsal brought nothing
  CHECK(harbor.emit("e-3").exit_code == 0);
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2", "e-3"});
  CHECK(harbor.data("taken_by") == Lines{"1.0.0 e-1", "1.0.0 e-2", "1.1.0 e-3"});
  const auto settings = harbor.must({"settings", "show", "coaster"}).out;
  CHECK(has(settings, "color=blue"));
  CHECK(has(settings, "key=set"));
}

TEST_CASE("an upgraded plugin is shown on trial, with the version before") {
  const Harbor harbor;
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  auto listed = harbor.listed();
  CHECK(listed.at("version") == "1.1.0");
  CHECK(listed.at("state") == "enabled");
  CHECK(listed.at("previous").at("version") == "1.0.0");
  CHECK(listed.at("trial").at("used") == false);
  CHECK(listed.at("trial").at("until").is_null());
  CHECK(has(harbor.must({"plugins", "list"}).out, "on trial, not used yet  (before: 1.0.0)"));
  harbor.emit("e-1");
  listed = harbor.listed();
  CHECK(listed.at("trial").at("used") == true);
  CHECK(listed.at("trial").at("until").is_string());
  CHECK(listed.at("trial").at("events") == 1);
  CHECK(listed.at("trial").at("failed_events") == 0);
  CHECK(harbor.versions_on_disk() == Lines{"1.0.0", "1.1.0"});
}

TEST_CASE("a trial that went well ends, and only one version before is kept") {
  const Harbor harbor;
  harbor.must({"host-settings", "set", "trial_minutes=0"});
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  harbor.emit("e-1");
  CHECK(harbor.listed().at("trial").is_null());
  CHECK(harbor.versions_on_disk() == Lines{"1.0.0", "1.1.0"});
  REQUIRE(harbor.upgrade("2.0.0").exit_code == 0);
  CHECK(harbor.versions_on_disk() == Lines{"1.0.0", "1.1.0", "2.0.0"});
  harbor.emit("e-2");
  CHECK(harbor.listed().at("previous").at("version") == "1.1.0");
  CHECK(harbor.versions_on_disk() == Lines{"1.1.0", "2.0.0"});
  CHECK(!harbor.has_leftovers());
}

TEST_CASE("a new version begins without network, and has it once it is used") {
  const Harbor harbor;
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  CHECK(harbor.data("begun").back() == "1.1.0 without network");
  harbor.emit("e-1"); // activated quietly once more, then used: the job has its network
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1"});
  CHECK(harbor.data("begun").back() == "1.1.0 without network");
  harbor.must({"host-settings", "set", "trial_minutes=0"});
  harbor.emit("e-2");
  harbor.emit("e-3");
  CHECK(harbor.data("begun").back() == "1.1.0 with network");
}

TEST_CASE("a new version may change the form of the data") {
  const Harbor harbor;
  harbor.emit("e-1");
  REQUIRE(harbor.upgrade("2.0.0").exit_code == 0);
  CHECK(harbor.data("form") == Lines{"1", "2"});
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1"});
}

TEST_CASE("events that come in during an upgrade wait, and go to the new version") {
  const Harbor harbor;
  auto owner = harbor.start({"emit", "-"}); // everything below happens inside this process
  owner.write(host_test::part_saved("e-1", "P-1", "old"));
  for (int i = 0; i < 500 && harbor.data("cargo").empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  const auto upgraded = harbor.upgrade("1.1.0");
  REQUIRE_MESSAGE(upgraded.exit_code == 0, upgraded.err);
  owner.write(host_test::part_saved("e-2", "P-2", "old"));
  const auto ended = owner.wait();
  CHECK_MESSAGE(ended.exit_code == 0, ended.err);
  CHECK(harbor.data("taken_by") == Lines{"1.0.0 e-1", "1.1.0 e-2"});
}

TEST_CASE("a disabled plugin is upgraded too, stays disabled, and is on trial once it is enabled") {
  const Harbor harbor;
  harbor.must({"plugins", "disable", "coaster"});
  REQUIRE(harbor.upgrade("1.1.0").exit_code == 0);
  CHECK(harbor.listed().at("state") == "disabled");
  harbor.must({"plugins", "enable", "coaster"});
  harbor.emit("e-1");
  CHECK(harbor.listed().at("trial").at("used") == true);
  CHECK(harbor.data("taken_by") == Lines{"1.1.0 e-1"});
}
