#include "market.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <thread>

using namespace market;
using nlohmann::json;

namespace {

// Version 1.0.0 is installed, and this 1.1.0 is offered.
struct After : Market {
  explicit After(const packed::Content& newer) {
    offer(ship_1_0());
    sign_keys();
    sign_index();
    add();
    REQUIRE(install().exit_code == 0);
    offer(newer);
    sign_index();
  }
  // The older one works as before.
  void still_works() const {
    CHECK(installed()[0].at("version") == "1.0.0");
    CHECK(std::filesystem::is_empty(home.path() / "plugins" / ".staging"));
    CHECK(home.run({"plugins", "enable", "ship"}).exit_code == 0);
  }
};

packed::Content rogue_ship(const std::string& way) {
  return ship(rogue(way), "1.1.0");
}

} // namespace

TEST_CASE(
    "a plugin that crashes when an instance of it is made is refused, and the host lives on") {
  const After market(rogue_ship("CRASHES_IN_CREATE"));
  auto owner = market.home.start({"emit", "-"}); // the install runs in this process
  while (!std::filesystem::exists(market.home.path() / "host.sock")) {
  }
  const auto result = market.install();
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "crashed when it was looked at"), result.err);
  market.still_works();
  owner.close_input();
  CHECK(owner.wait().exit_code == 0);
}

TEST_CASE("a plugin that hangs when an instance of it is made is given up") {
  const After market(rogue_ship("HANGS_IN_CREATE"));
  const auto result = market.install();
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "did not answer within 15 seconds"), result.err);
  market.still_works();
}

TEST_CASE("what a plugin starts when it is looked at does not outlive the look") {
  const After market(rogue_ship("LEAVES_A_PROCESS"));
  const auto file = market.home.scratch("left-behind");
  const auto result =
      process::run(host_test::erp_host_program(),
                   market.home.words({"marketplace", "install", "ship", "--accept-permissions"}),
                   {.extra = {{"LEFT_BEHIND", file.string()}}});
  CHECK_MESSAGE(result.exit_code == 0, result.err);
  pid_t left = 0;
  std::ifstream(file) >> left;
  REQUIRE(left > 1);
  CHECK(kill(left, 0) != 0);
  CHECK(errno == ESRCH);
}

TEST_CASE("nor does it outlive a host that is killed meanwhile") {
  const After market(rogue_ship("HANGS_IN_CREATE"));
  auto installing = market.home.start({"marketplace", "install", "ship", "--accept-permissions"});
  const auto looking_at = [&] { // the processes that have our home on their command line
    return process::run("pgrep", {"-c", "-f", "look-at-library.*" + market.home.path().string()});
  };
  for (int i = 0; i < 400 && looking_at().exit_code != 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  REQUIRE(looking_at().exit_code == 0);
  installing.kill_hard();
  installing.wait();
  for (int i = 0; i < 400 && looking_at().exit_code == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(looking_at().exit_code == 1);
  market.still_works();
}

TEST_CASE("a plugin that changes its own files when it is looked at is refused") {
  const After market(rogue_ship("CHANGES_ITS_FILE"));
  const auto result = market.install();
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "changed its own files when it was looked at"), result.err);
  market.still_works();
}

TEST_CASE("what a refused plugin says does not steer the screen") {
  const After market(rogue_ship("SPEAKS_TO_THE_SCREEN"));
  const auto result = market.install();
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "everything is fine"), result.err);
  CHECK(!has(result.err, "\x1b"));
  CHECK(!has(result.err, "\nerp-host: installed"));
  market.still_works();
}

TEST_CASE("a plugin must offer just the interfaces that its manifest promises") {
  auto boastful = ship_1_1();
  boastful.manifest["interfaces"] = {"erp.job/1"};
  const After market(boastful);
  const auto result = market.install();
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "promises erp.job/1, which the library does not offer"),
                result.err);
  market.still_works();
}

TEST_CASE("a service that the manifest does not ask for is not handed out") {
  const After market(rogue_ship("IS_CURIOUS"));
  REQUIRE(market.install().exit_code == 0);
  REQUIRE(market.home.run({"plugins", "enable", "ship"}).exit_code == 0);
  const auto told = market.home.path() / "data" / "ship" / "services";
  CHECK(process::text_of(told) ==
        "erp.log/1 yes null\nerp.secrets/1 null null\nerp.clock/1 null null\n");
  CHECK(has(market.home.run({"plugins", "list"}).out, "verified  1 service"));
}

TEST_CASE("a bare library has every service, and the list says so") {
  const host_test::Home home;
  const auto installed = home.run({"plugins", "install", rogue("IS_CURIOUS").string()});
  REQUIRE_MESSAGE(installed.exit_code == 0, installed.err);
  CHECK(has(installed.err, "it has every service of this host"));
  CHECK(has(installed.err, "nobody signed it"));
  REQUIRE(home.run({"plugins", "enable", "ship"}).exit_code == 0);
  CHECK(process::text_of(home.path() / "data" / "ship" / "services") ==
        "erp.log/1 yes null\nerp.secrets/1 yes null\nerp.clock/1 yes null\n");
  CHECK(has(home.run({"plugins", "list"}).out, "all services"));
  CHECK(home.json({"plugins", "list", "--json"})[0].at("permissions").is_null());
}
