#include "market.hpp"

#include <doctest/doctest.h>

using namespace market;
using nlohmann::json;

namespace {

// With two versions of ship on offer.
struct Open : Market {
  Open() {
    offer(ship_1_0());
    offer(ship_1_1());
    sign_keys();
    sign_index();
  }
  void keeps_refusing(const std::string& why) const {
    const auto refreshed = run({"refresh"});
    CHECK(refreshed.exit_code == 1);
    CHECK_MESSAGE(has(refreshed.err, why), refreshed.err);
  }
};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a marketplace is added with its root key, listed by category and shown in words") {
  const Open market;
  const auto added =
      market.run({"add", market.folder().string(), "--root-key", market.root.public_key.string()});
  REQUIRE_MESSAGE(added.exit_code == 0, added.err);
  const std::string key_file = process::text_of(market.root.public_key);
  const std::string key = key_file.substr(key_file.find('\n') + 1, 56);
  CHECK(has(added.out, key));
  CHECK(has(added.out, "SHA-256  "));
  CHECK(has(added.out, "1 plugin in 1 category"));
  CHECK(process::text_of(market.home.path() / "marketplace" / "root.pub").find(key) !=
        std::string::npos);
  const auto listed = market.run({"list"});
  CHECK(listed.out == "Examples\n  ship  1.1.0  available  The ship\n      Starts and ends.\n");
  const json list = market.home.json({"marketplace", "list", "--json"});
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("id") == "ship");
  CHECK(list[0].at("category") == "Examples");
  CHECK(list[0].at("state") == "available");
  const std::string shown = market.run({"show", "ship"}).out;
  for (const char* const part :
       {"What it does\n  - Nothing.", "What it touches\n  - Nothing of yours.", "What it needs",
        "erp.log/1: write into the host's log", "network ship.example.com:443",
        "Larkfield Fabrication (fictional)", "  1.0.0  x86_64-linux  stable"})
    CHECK_MESSAGE(has(shown, part), shown);
  CHECK(market.home.json({"marketplace", "show", "ship", "--json"}).at("versions").size() == 2);
}

TEST_CASE("a mistyped id is answered with the nearest") {
  const Open market;
  market.add();
  for (const char* const word : {"show", "install"}) {
    const auto result = market.run({word, "shop"});
    CHECK(result.exit_code == 1);
    CHECK_MESSAGE(has(result.err, "did you mean ship?"), result.err);
  }
  CHECK(has(market.run({"lst"}).err, "did you mean marketplace list"));
}

TEST_CASE("without a marketplace every command says how to add one") {
  const host_test::Home home;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"list"}, {"show", "ship"}, {"install", "ship"}, {"refresh"}}) {
    std::vector<std::string> all = {"marketplace"};
    all.insert(all.end(), words.begin(), words.end());
    const auto result = home.run(all);
    CHECK(result.exit_code == 1);
    CHECK_MESSAGE(has(result.err, "marketplace add"), result.err);
  }
  CHECK(home.run({"marketplace", "remove"}).exit_code == 1);
}

TEST_CASE("documents that the root key does not vouch for are refused") {
  const Open market;
  const auto stranger = market.run(
      {"add", market.folder().string(), "--root-key", market.publisher.public_key.string()});
  CHECK(stranger.exit_code == 1);
  CHECK_MESSAGE(has(stranger.err, "keys.json is not signed with the root key"), stranger.err);
  market.add();
  const auto index = market.folder() / "index.json";
  const std::string good = process::text_of(index);
  process::write_text(index, good + " ");
  market.keeps_refusing("not the one that was signed");
  // Signed by a publisher, who is no marketplace.
  process::write_text(index, good);
  packed::sign(index, market.publisher, "index.json serial=1");
  market.keeps_refusing("index.json is not signed with a key that its root vouches for");
  // One document must not pass for another.
  packed::sign(index, market.market, "keys.json serial=1");
  market.keeps_refusing("its signature is for \"keys.json serial=1\"");
  CHECK(market.run({"list"}).exit_code == 0); // what was kept is good still
}

TEST_CASE("an old index is not played again, also not to a home that forgot the marketplace") {
  const Open market;
  const auto index = market.folder() / "index.json";
  const std::string old_index = process::text_of(index),
                    old_signature = process::text_of(index.string() + ".minisig");
  market.sign_index({"--revoke", "ship@1.1.0=It sinks."});
  market.add();
  const auto replay = [&] {
    process::write_text(index, old_index);
    process::write_text(index.string() + ".minisig", old_signature);
  };
  replay();
  market.keeps_refusing("is older than the one seen before (serial 1, before 2)");
  REQUIRE(market.run({"remove"}).exit_code == 0);
  CHECK(market.run({"list"}).exit_code == 1);
  const auto again =
      market.run({"add", market.folder().string(), "--root-key", market.root.public_key.string()});
  CHECK(again.exit_code == 1);
  CHECK_MESSAGE(has(again.err, "older than the one seen before"), again.err);
}

TEST_CASE("two indexes of one serial are refused") {
  const Open market;
  market.add();
  market.forge_index([](json& index) {
    index["serial"] = 1;
    index["entries"][0]["summary"] = "Starts, and does not end.";
  });
  market.keeps_refusing("is another one than before, with the same serial 1");
}

TEST_CASE("an old keys.json is not played again") {
  const Open market;
  const auto keys = market.folder() / "keys.json";
  const std::string old_keys = process::text_of(keys),
                    old_signature = process::text_of(keys.string() + ".minisig");
  market.sign_keys();
  market.add();
  process::write_text(keys, old_keys);
  process::write_text(keys.string() + ".minisig", old_signature);
  market.keeps_refusing("keys.json is older than the one seen before");
}

TEST_CASE("expired documents are refused, those kept too") {
  Open market;
  market.add();
  market.sign_index({"--days", "-1"});
  market.keeps_refusing("index.json expired");
  CHECK(market.run({"list"}).exit_code == 0);
  market.sign_keys({"--days", "-1"});
  market.keeps_refusing("keys.json expired");
}

TEST_CASE("an index that holds what it must not is refused with the place and the reason") {
  const Open market;
  market.add();
  const std::vector<std::pair<std::string, std::function<void(json&)>>> lies = {
      {"entry 1 has a \"file\" that is no name",
       [](json& index) { index["entries"][0]["file"] = "../ship.tar.gz"; }},
      {"entry 2 has a \"file\" that is no name",
       [](json& index) { index["entries"][1]["file"] = "https://elsewhere.example.com/a.tar.gz"; }},
      {"entry 1 has a \"id\" that is not made of",
       [](json& index) { index["entries"][0]["id"] = "../ship"; }},
      {"entry 1 has no SHA-256", [](json& index) { index["entries"][0]["sha256"] = "00"; }},
      {"entry 1 has no number \"size\"",
       [](json& index) { index["entries"][0]["size"] = 1'000'000'000'000; }},
      {"entry 1 has no text \"name\"", [](json& index) { index["entries"][0].erase("name"); }},
      {"entry 1 is no object", [](json& index) { index["entries"][0] = 7; }},
      {"it has no array \"entries\"", [](json& index) { index["entries"] = "none"; }},
      {"revocation 1 has no text \"reason\"",
       [](json& index) {
         index["revoked"] = {{{"id", "ship"}}};
       }},
      {"no time \"expires\"", [](json& index) { index["expires"] = "tomorrow"; }}};
  for (const auto& [why, lie] : lies) {
    market.forge_index(lie);
    market.keeps_refusing(why);
    market.forge_index([](json&) {}); // nothing of the lie stays in the home
    std::filesystem::remove(market.folder() / "index.json");
    market.sign_index();
  }
}

TEST_CASE("text of an index does not steer the screen") {
  const Open market;
  market.forge_index([](json& index) {
    for (json& entry : index["entries"]) {
      entry["name"] = "Good\x1b[2J ship";
      entry["summary"] = "one\nadded the marketplace";
    }
  });
  market.add();
  for (const char* const word : {"list", "show"}) {
    const auto said =
        market.run(word == std::string("list") ? std::vector<std::string>{word}
                                               : std::vector<std::string>{word, "ship"});
    CHECK(!has(said.out, "\x1b"));
    CHECK(!has(said.out, "\nadded the marketplace"));
  }
}

TEST_CASE("packaging/index makes the same bytes again, and refuses what a host would refuse") {
  const Open market;
  const auto made = [&] {
    std::filesystem::remove(market.folder() / "index.json");
    const auto result = process::run(PACKAGING_INDEX,
                                     {"entries", "--folder", market.folder().string(),
                                      "--marketplace-key", market.market.secret_key.string()},
                                     {.extra = {{"SOURCE_DATE_EPOCH", "1700000000"}}});
    REQUIRE_MESSAGE(result.exit_code == 0, result.err);
    return process::text_of(market.folder() / "index.json") +
           process::text_of(market.folder() / "index.json.minisig");
  };
  const std::string first = made();
  CHECK(made() == first);
  CHECK(has(first, "\"expires\": \"2023-12-14T22:13:20Z\""));
  CHECK(has(run_index({"--help"}).out, "Example, a marketplace with one publisher"));
  CHECK(has(run_index({"entrys"}).err, "say keys or entries"));
  // Signed by somebody whom keys.json does not know.
  market.offer(ship_1_1(), &market.market);
  const auto refused = run_index({"entries", "--folder", market.folder().string(),
                                  "--marketplace-key", market.market.secret_key.string()});
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "not by a key that keys.json allows for 'ship'"), refused.err);
}

TEST_CASE("a withdrawal stays in the index without being said again") {
  const Open market;
  market.sign_index({"--revoke", "ship@1.1.0=It sinks."});
  market.sign_index();
  std::string text = process::text_of(market.folder() / "index.json");
  replace_all(text, " ", "");
  CHECK_MESSAGE(has(text, "\"reason\":\"Itsinks.\""), text);
}
