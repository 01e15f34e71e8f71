#include "shore.hpp"

#include "marketplace/market.hpp"
#include "process/steps.hpp"

#include "may_kill.hpp"

#include <doctest/doctest.h>

// What is bought from a marketplace, and what it says, killed at any step.

using namespace interrupted;

namespace {

packed::Content bundle_of(const std::string& version) {
  packed::Content content = market::ship(coaster(version), version);
  content.top = "coaster-" + version;
  content.manifest["id"] = "coaster";
  content.manifest["interfaces"] = {"erp.job/1", "erp.procurement/1", "erp.settings/1"};
  content.manifest["permissions"] = {
      {"services",
       {"erp.attributes/1", "erp.clock/1", "erp.log/1", "erp.notice/1", "erp.schedule/1",
        "erp.secrets/1", "erp.settings-host/1"}}};
  return content;
}

const Words buy = {"marketplace", "install", "coaster", "--accept-permissions"};

struct Fair {
  market::Market market;
  Shore shore{market.home};
  explicit Fair(const Words& versions) {
    for (const std::string& version : versions)
      market.offer(bundle_of(version));
    market.sign_keys();
    market.sign_index();
  }
  // Bought, enabled, and has taken b-0.
  void begin_with_1_0() const {
    market.add();
    shore.must(buy);
    shore.must({"plugins", "enable", "coaster"});
    shore.takes("b-0", "1.0.0");
  }
};

} // namespace

TEST_CASE("a first install from a marketplace that is killed leaves nothing, or the plugin") {
  const Fair fair({"1.0.0"});
  fair.market.add();
  check_interrupted(fair.shore, {buy, "", "1.0.0", false});
  CHECK(fair.shore.listed().at("signature") == "verified");
}

TEST_CASE("an upgrade from a marketplace that is killed leaves a version that works") {
  const Fair fair({"1.0.0"});
  fair.begin_with_1_0();
  fair.market.offer(bundle_of("1.1.0"));
  fair.market.sign_index();
  check_interrupted(fair.shore, {{"marketplace", "upgrade", "coaster", "--accept-permissions"},
                                 "1.0.0",
                                 "1.1.0",
                                 true,
                                 {"b-0"}});
  CHECK(fair.shore.listed().at("signature") == "verified");
}

TEST_CASE("adding a marketplace that is killed leaves none, or one that can be listed") {
  if (!may_kill_at_steps()) return;
  const Fair fair({"1.0.0"});
  const Shore& shore = fair.shore;
  shore.must({"plugins", "list"});
  shore.keep();
  const Words add = {"marketplace", "add", fair.market.folder().string(), "--root-key",
                     fair.market.root.public_key.string()};
  const long steps = shore.steps_of(add);
  long kills = 0;
  for (const long step : steps_taken(steps)) {
    CAPTURE(step);
    shore.put_back();
    if (!shore.killed_before(step, add)) break;
    ++kills;
    const bool is_there = shore.run({"marketplace", "list"}).exit_code == 0;
    const auto again = shore.run(add);
    CHECK_MESSAGE(again.exit_code == (is_there ? 1 : 0), again.err);
    shore.must(buy);
    shore.check_tidy();
  }
  MESSAGE("marketplace add: ", steps, " steps, killed at ", kills);
  CHECK(kills >= kills_min(steps));
}

TEST_CASE("a refresh that is killed leaves documents that can be read, and a plugin that works "
          "until it is withdrawn") {
  if (!may_kill_at_steps()) return;
  const Fair fair({"1.0.0"});
  const Shore& shore = fair.shore;
  fair.begin_with_1_0();
  shore.keep();
  fair.market.sign_index({"--revoke", "coaster@1.0.0=It sinks."});
  const Words refresh = {"marketplace", "refresh"};
  const long steps = shore.steps_of(refresh);
  long kills = 0;
  bool was_withdrawn = false;
  for (const long step : steps_taken(steps)) {
    CAPTURE(step);
    shore.put_back();
    if (!shore.killed_before(step, refresh)) break;
    ++kills;
    shore.must({"marketplace", "list"});
    const auto listed = shore.listed();
    const bool is_withdrawn = !listed.at("withdrawn").is_null();
    CHECK(!(was_withdrawn && !is_withdrawn));
    was_withdrawn = is_withdrawn;
    if (!is_withdrawn) shore.takes("a-1", "1.0.0");
    shore.must(refresh);
    const auto after = shore.listed();
    CHECK(after.at("withdrawn") == "It sinks.");
    CHECK(after.at("state") == "disabled");
    shore.check_tidy();
  }
  MESSAGE("marketplace refresh: ", steps, " steps, killed at ", kills);
  CHECK(kills >= kills_min(steps));
}
