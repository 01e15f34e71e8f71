#include "market.hpp"

#include <doctest/doctest.h>

using namespace market;
using nlohmann::json;

TEST_CASE("a version that is withdrawn is disabled at the next refresh, with the reason") {
  const Sailing market;
  market.sign_index({"--revoke", "ship@1.0.0=It leaks orders."});
  CHECK(market.plugin().at("state") == "enabled"); // nobody asked yet
  const auto refreshed = market.run({"refresh"});
  CHECK(refreshed.exit_code == 0);
  CHECK(has(refreshed.out, "It leaks orders."));
  CHECK(market.plugin().at("state") == "disabled");
  CHECK(market.plugin().at("signature") == "revoked");
  CHECK(market.plugin().at("withdrawn") == "It leaks orders.");
  CHECK(has(market.home.run({"plugins", "list"}).out, "withdrawn: It leaks orders."));
  const json notices = market.home.json({"notices", "--json"});
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].at("severity") == "action_needed");
  CHECK(has(notices[0].at("text"), "It leaks orders."));
  const auto enabled = market.home.run({"plugins", "enable", "ship"});
  CHECK(enabled.exit_code == 1);
  CHECK_MESSAGE(has(enabled.err, "was withdrawn by the marketplace"), enabled.err);
  CHECK(market.home.json({"marketplace", "list", "--json"})[0].at("state") == "revoked");
}

TEST_CASE("a withdrawn version is not installed, neither from the marketplace nor beside it") {
  const Sailing market;
  market.home.run({"plugins", "disable", "ship"});
  market.sign_index({"--revoke", "ship@1.0.0=It leaks orders."});
  const auto again = market.install();
  CHECK(again.exit_code == 1);
  CHECK_MESSAGE(has(again.err, "withdrawn by the marketplace: It leaks orders."), again.err);
  const auto beside =
      market.home.run({"plugins", "install", "--other-key", packed::ship_1_0().string()});
  CHECK(beside.exit_code == 1);
  CHECK_MESSAGE(has(beside.err, "It leaks orders."), beside.err);
  market.run({"remove"}); // a withdrawal outlives the marketplace
  CHECK(market.home.run({"plugins", "enable", "ship"}).exit_code == 1);
}

TEST_CASE("a newer version takes the place of a withdrawn one, and the notice goes") {
  const Sailing market;
  market.offer(ship_1_1());
  market.sign_index({"--revoke", "ship@1.0.0=It leaks orders."});
  REQUIRE(market.install().exit_code ==
          0); // asks the marketplace first, which disables the old one
  CHECK(market.plugin().at("version") == "1.1.0");
  CHECK(market.plugin().at("signature") == "verified");
  CHECK(market.home.json({"notices", "--json"}).empty());
  CHECK(market.home.run({"plugins", "enable", "ship"}).exit_code == 0);
}

TEST_CASE("all of a plugin can be withdrawn") {
  const Sailing market;
  market.sign_index({"--revoke", "ship=Its maker lost the key."});
  CHECK(market.run({"refresh"}).exit_code == 0);
  CHECK(market.plugin().at("signature") == "revoked");
}
