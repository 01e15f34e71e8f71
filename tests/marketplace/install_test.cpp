#include "market.hpp"

#include <doctest/doctest.h>
#include <fstream>

using namespace market;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// Added, with these on offer.
struct Offering : Market {
  explicit Offering(const std::vector<packed::Content>& contents) {
    for (const auto& one : contents)
      offer(one);
    sign_keys();
    sign_index();
    add();
  }
  fs::path bundle(const std::string& version) const {
    return folder() / ("ship-" + version + "-x86_64-linux.tar.gz");
  }
  void installs(const std::string& version) const {
    const auto result = install();
    REQUIRE_MESSAGE(result.exit_code == 0, result.err);
    REQUIRE(installed().size() == 1);
    CHECK(installed()[0].at("version") == version);
  }
};

} // namespace

TEST_CASE("the newest version is installed, disabled and verified, and runs") {
  const Offering market({ship_1_0(), ship_1_1()});
  market.installs("1.1.0");
  const json plugin = market.installed()[0];
  CHECK(plugin.at("signature") == "verified");
  CHECK(plugin.at("state") == "disabled");
  CHECK(plugin.at("permissions") ==
        json{{"services", {"erp.log/1"}}, {"network", {"ship.example.com:443"}}});
  CHECK(market.home.run({"plugins", "enable", "ship"}).exit_code == 0);
  CHECK(market.home.json({"marketplace", "list", "--json"})[0].at("state") == "installed");
  CHECK(has(market.run({"show", "ship"}).out, "1.1.0 enabled, verified"));
}

TEST_CASE("without a terminal somebody must have agreed to the permissions") {
  const Offering market({ship_1_0()});
  const auto result = market.install({});
  CHECK(has(result.out, "erp.log/1: write into the host's log"));
  market.refuses(result, "--accept-permissions");
}

TEST_CASE("later only permissions that are new are asked for") {
  auto newer = ship_1_1();
  newer.manifest["permissions"]["services"] = {"erp.clock/1", "erp.log/1"};
  const Offering market({ship_1_0()});
  market.installs("1.0.0");
  CHECK(market.install({}).exit_code == 0); // the same once more
  market.offer(newer);
  market.sign_index();
  const auto refused = market.install({});
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.out, "besides what it has:\n  erp.clock/1"));
  CHECK(!has(refused.out, "erp.log/1"));
  CHECK(market.installed()[0].at("version") == "1.0.0");
  market.installs("1.1.0");
}

TEST_CASE("a bundle that is not the one of the index is refused") {
  const Offering market({ship_1_0()});
  std::ofstream(market.bundle("1.0.0"), std::ios::app) << "x";
  market.refuses(market.install(), "bytes it may have");
  std::string bytes = process::text_of(market.bundle("1.0.0"));
  bytes.pop_back();
  bytes[bytes.size() / 2] ^= 1;
  process::write_text(market.bundle("1.0.0"), bytes);
  market.refuses(market.install(), "the marketplace's index names the SHA-256");
  fs::resize_file(market.bundle("1.0.0"), 100);
  market.refuses(market.install(), "and it has 100");
  fs::remove(market.bundle("1.0.0"));
  market.refuses(market.install(), "cannot read");
}

TEST_CASE("an index that names another hash is refused though the bundle is good") {
  const Offering market({ship_1_0()});
  market.forge_index([](json& index) { index["entries"][0]["sha256"] = std::string(64, '0'); });
  market.refuses(market.install(), "the marketplace's index names the SHA-256 0000");
}

TEST_CASE("an index cannot pass one bundle off as another") {
  const Offering market({ship_1_0()});
  market.forge_index([](json& index) { index["entries"][0]["version"] = "1.2.0"; });
  market.refuses(market.install(), "says it is ship 1.2.0");
  market.forge_index([](json& index) {
    index["entries"][0]["id"] = "ship.of-theseus"; // the publisher may sign that too
    index["entries"][0]["version"] = "1.0.0";
  });
  market.refuses(market.run({"install", "ship.of-theseus", "--accept-permissions"}),
                 "says it is ship.of-theseus 1.0.0");
}

TEST_CASE("a key that may not sign this id is refused, also if the index names it") {
  const Offering market({ship_1_0()});
  const packed::KeyPair other(market.home, "other");
  market.offer(ship_1_0(), &other);
  const auto key_of = [](const fs::path& file) {
    const std::string text = process::text_of(file);
    return text.substr(text.find('\n') + 1, 56);
  };
  const auto bundle = market.bundle("1.0.0");
  const auto naming = [&](const std::string& key) {
    market.forge_index([&](json& index) {
      json& entry = index["entries"][0];
      entry["key"] = key;
      entry["size"] = fs::file_size(bundle);
      const auto sum = process::run("sha256sum", {bundle.string()});
      entry["sha256"] = sum.out.substr(0, 64);
    });
  };
  naming(key_of(other.public_key));
  market.refuses(market.install(), "that its keys.json does not allow to sign it");
  market.sign_keys({"--publisher", "Somebody=" + other.public_key.string() + "=shipyard,boat"});
  market.refuses(market.install(), "that its keys.json does not allow to sign it");
  // The index names the right key, and the bundle is signed with the other.
  naming(key_of(market.publisher.public_key));
  market.refuses(market.install(), "the marketplace allows that key for no ship");
}

TEST_CASE("a bundle for another platform is not chosen, and it is said why") {
  auto foreign = ship_1_1();
  foreign.manifest["platform"] = "aarch64-linux";
  const Offering only_foreign({foreign});
  only_foreign.refuses(only_foreign.install(), "it is built for aarch64-linux");
  CHECK(has(only_foreign.run({"list"}).out, "not for this host"));
  const Offering both({ship_1_0(), ship_1_1()});
  both.forge_index([](json& index) { index["entries"][1]["abi"]["min_host_minor"] = 99; });
  both.installs("1.0.0"); // the newest that fits
}

TEST_CASE("a bundle whose files would leave its folder is refused") {
  auto content = ship_1_0();
  content.more = {{"ship-1.0.0/../../../escaped", "x"}};
  const Offering market({content});
  market.refuses(market.install(), "outside the plugin's folder");
  CHECK(!fs::exists(market.home.path() / "escaped"));
}

TEST_CASE("nobody goes back to an older version without saying so") {
  const Offering market({ship_1_0(), ship_1_1()});
  market.installs("1.1.0");
  const auto back = market.install({"--version", "1.0.0", "--accept-permissions"});
  CHECK(back.exit_code == 1);
  CHECK_MESSAGE(has(back.err, "is older than the 1.1.0 that is installed"), back.err);
  const auto side_loaded = market.home.run(
      {"plugins", "install", "--unsigned", "--other-key", packed::ship_1_0().string()});
  CHECK(side_loaded.exit_code == 1);
  CHECK_MESSAGE(has(side_loaded.err, "--downgrade"), side_loaded.err);
  CHECK(market.installed()[0].at("version") == "1.1.0");
  CHECK(market.install({"--version", "1.0.0", "--downgrade"}).exit_code == 0);
  CHECK(market.installed()[0].at("version") == "1.0.0");
}

TEST_CASE("a beta version is taken only by those who want it") {
  const Offering market({ship_1_0(), ship_1_1()});
  market.sign_index({"--beta", "ship-1.1.0-x86_64-linux.tar.gz"});
  market.installs("1.0.0");
  CHECK(market.install({"--channel", "beta"}).exit_code == 0);
  CHECK(market.installed()[0].at("version") == "1.1.0");
}

TEST_CASE(
    "a file of the bundle that was changed, added or taken away shows, and stops the plugin") {
  const Offering market({ship_1_0()});
  market.installs("1.0.0");
  const fs::path place = market.home.path() / "plugins" / "ship" / "1.0.0";
  const auto shows = [&](const std::string& file) {
    CHECK(market.installed()[0].at("signature") == "modified");
    const auto enabled = market.home.run({"plugins", "enable", "ship"});
    CHECK(enabled.exit_code == 1);
    CHECK_MESSAGE(has(enabled.err, file), enabled.err);
    REQUIRE(market.install().exit_code == 0);
    CHECK(market.installed()[0].at("signature") == "verified");
  };
  std::ofstream(place / "licenses" / "LICENSE", std::ios::app) << "free beer";
  shows("licenses/LICENSE");
  const auto now = [&] { // where it lies since
    return fs::path(market.installed()[0].at("library").get<std::string>())
        .parent_path()
        .parent_path()
        .parent_path();
  };
  std::ofstream(now() / "more.txt") << "x";
  shows("more.txt");
  fs::remove(now() / "licenses" / "LICENSE");
  shows("licenses/LICENSE");
}
