#include "market.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

using namespace market;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int moments = 16;

} // namespace

TEST_CASE("an install from a marketplace that is killed leaves a version that works") {
  Market market;
  market.offer(ship_1_0());
  market.offer(ship_1_1());
  market.sign_keys();
  market.sign_index();
  market.add();
  const auto install = [&](const std::string& version) {
    const auto done = market.install({"--version", version, "--downgrade", "--accept-permissions"});
    REQUIRE_MESSAGE(done.exit_code == 0, done.err);
  };
  install("1.1.0");
  install("1.0.0");
  const auto began = Clock::now();
  install("1.1.0");
  const auto whole = Clock::now() - began;
  int killed = 0;
  for (int moment = 0; moment < moments; ++moment) {
    install("1.0.0");
    auto installing = market.home.start({"marketplace", "install", "ship", "--accept-permissions"});
    std::this_thread::sleep_for(whole * moment / moments);
    installing.kill_hard();
    killed += installing.wait().signal == 9 ? 1 : 0;
    const auto enabled = market.home.run({"plugins", "enable", "ship"});
    CHECK_MESSAGE(enabled.exit_code == 0, enabled.err);
    CHECK(market.installed()[0].at("signature") == "verified");
    CHECK(std::filesystem::is_empty(market.home.path() / "plugins" / ".staging"));
    CHECK(market.run({"list"}).exit_code == 0);
    CHECK(market.home.run({"plugins", "disable", "ship"}).exit_code == 0);
  }
  CHECK(killed > 0);
}

TEST_CASE("a refresh that is killed leaves documents that can be read") {
  Market market;
  market.offer(ship_1_0());
  market.sign_keys();
  market.sign_index();
  market.add();
  const auto began = Clock::now();
  REQUIRE(market.run({"refresh"}).exit_code == 0);
  const auto whole = Clock::now() - began;
  for (int moment = 0; moment < moments; ++moment) {
    market.sign_index();
    auto refreshing = market.home.start({"marketplace", "refresh"});
    std::this_thread::sleep_for(whole * moment / moments);
    refreshing.kill_hard();
    refreshing.wait();
    const auto listed = market.run({"list"});
    CHECK_MESSAGE(listed.exit_code == 0, listed.err);
  }
  CHECK(market.run({"refresh"}).exit_code == 0);
}
