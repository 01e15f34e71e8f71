#include "market.hpp"

#include <doctest/doctest.h>

using namespace market;
using nlohmann::json;

namespace {

// And this is offered besides.
struct Running : Sailing {
  explicit Running(const packed::Content& newer) {
    offer(newer);
    sign_index();
  }
  process::Result upgrade(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"upgrade", "ship"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

} // namespace

TEST_CASE("a running plugin is upgraded from the marketplace, stays verified, and goes back") {
  const Running market(ship_1_1());
  const auto upgraded = market.upgrade(); // it asks for nothing new, so nobody is asked
  REQUIRE_MESSAGE(upgraded.exit_code == 0, upgraded.err);
  CHECK(market.plugin().at("version") == "1.1.0");
  CHECK(market.plugin().at("state") == "enabled");
  CHECK(market.plugin().at("signature") == "verified");
  CHECK(market.plugin().at("permissions").at("services") == json{"erp.log/1"});
  CHECK(has(market.upgrade().out, "is the newest there is"));
  const auto back = market.run({"rollback", "ship"});
  REQUIRE_MESSAGE(back.exit_code == 0, back.err);
  CHECK(market.plugin().at("version") == "1.0.0");
  CHECK(market.plugin().at("signature") == "verified");
  CHECK(market.plugin().at("permissions").at("services") == json{"erp.log/1"});
}

TEST_CASE("an upgrade that wants more than before needs consent, and nothing changes without it") {
  auto greedy = ship_1_1();
  greedy.manifest["permissions"]["services"] = {"erp.log/1", "erp.secrets/1"};
  const Running market(greedy);
  const auto refused = market.upgrade();
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "--accept-permissions"), refused.err);
  CHECK(has(refused.out, "erp.secrets/1: keep secrets"));
  CHECK(market.plugin().at("version") == "1.0.0");
  CHECK(market.plugin().at("state") == "enabled");
  CHECK(market.upgrade({"--accept-permissions"}).exit_code == 0);
  CHECK(market.plugin().at("version") == "1.1.0");
}

TEST_CASE("nobody goes back to a version that was withdrawn") {
  const Running market(ship_1_1());
  REQUIRE(market.upgrade().exit_code == 0);
  market.sign_index({"--revoke", "ship@1.0.0=It leaks orders."});
  REQUIRE(market.run({"refresh"}).exit_code == 0);
  const auto back = market.run({"rollback", "ship"});
  CHECK(back.exit_code == 1);
  CHECK_MESSAGE(has(back.err, "It leaks orders."), back.err);
  CHECK(market.plugin().at("version") == "1.1.0");
}

TEST_CASE(
    "an upgrade to a plugin that does not survive being looked at leaves the old one running") {
  const Running market(ship(rogue("CRASHES_IN_CREATE"), "1.1.0"));
  const auto refused = market.upgrade();
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "crashed when it was looked at"), refused.err);
  CHECK(market.plugin().at("version") == "1.0.0");
  CHECK(market.plugin().at("state") == "enabled");
}
