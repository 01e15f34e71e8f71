#include "packed.hpp"

#include <doctest/doctest.h>
#include <fstream>

using namespace host_test;
using namespace packed;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A home that trusts one publisher.
struct Trusting {
  Home home;
  KeyPair keys{home, "publisher"};
  Trusting() {
    const auto added = home.run({"plugins", "keys", "add", keys.public_key.string()});
    REQUIRE_MESSAGE(added.exit_code == 0, added.err);
  }
  process::Result install(const std::filesystem::path& bundle) const {
    return home.run({"plugins", "install", bundle.string()});
  }
  json list() const { return home.json({"plugins", "list", "--json"}); }
  // It must say so and leave nothing.
  void refuses(const std::filesystem::path& bundle, const std::string& why) const {
    const auto result = install(bundle);
    CHECK(result.exit_code == 1);
    CHECK_MESSAGE(has(result.err, why), result.err);
    CHECK(has(result.err, "was not installed"));
    CHECK(list().empty());
    CHECK(!std::filesystem::exists(home.path() / "plugins" / "ship"));
    CHECK(std::filesystem::is_empty(home.path() / "plugins" / ".staging"));
  }
};

} // namespace

TEST_CASE("a bundle signed with an added key is installed as side-loaded, and runs") {
  const Trusting one;
  const auto installed = one.install(signed_bundle(one.home, Content(ship_1_0()), one.keys));
  REQUIRE_MESSAGE(installed.exit_code == 0, installed.err);
  CHECK(has(installed.out, "installed ship 1.0.0 (side-loaded, disabled)\n"));
  const json list = one.list();
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("signature") == "side-loaded");
  CHECK(list[0].at("state") == "disabled");
  CHECK(has(one.home.run({"plugins", "keys", "list"}).out, list[0].at("signed_by")));
  CHECK(std::filesystem::path(list[0].at("library").get<std::string>()) ==
        one.home.path() / "plugins" / "ship" / "1.0.0" / "lib" / "x86_64-linux" / "ship.so");
  CHECK(process::text_of(one.home.path() / "plugins" / "ship" / "1.0.0" / "licenses" / "LICENSE") ==
        "for the test\n");
  CHECK(one.home.run({"plugins", "enable", "ship"}).exit_code == 0);
  CHECK(has(one.home.run({"plugins", "list"}).out, "side-loaded"));
}

TEST_CASE("a bundle without signature is installed only on demand, and shown as unsigned") {
  const Trusting one;
  const auto bundle = one.home.scratch("ship.tar.gz");
  write_archive(bundle, Content(ship_1_0()).entries());
  one.refuses(bundle, "plugins install --unsigned");
  const auto installed = one.home.run({"plugins", "install", "--unsigned", bundle.string()});
  REQUIRE_MESSAGE(installed.exit_code == 0, installed.err);
  CHECK(one.list()[0].at("signature") == "unsigned");
}

TEST_CASE("a bad signature is refused even where none is asked for") {
  const Trusting one;
  const Home stranger;
  const KeyPair others(stranger, "other");
  const auto bundle = signed_bundle(one.home, Content(ship_1_0()), others);
  CHECK(one.home.run({"plugins", "install", "--unsigned", bundle.string()}).exit_code == 1);
  one.refuses(bundle, "this host does not trust");
}

TEST_CASE("a key that was removed is trusted no longer") {
  const Trusting one;
  const auto bundle = signed_bundle(one.home, Content(ship_1_0()), one.keys);
  const std::string name = one.home.json({"plugins", "keys", "list", "--json"})[0].at("sha256");
  CHECK(one.home.run({"plugins", "keys", "remove", name}).exit_code == 0);
  one.refuses(bundle, "this host does not trust");
  CHECK(one.home.run({"plugins", "keys", "remove", name}).exit_code == 1);
  CHECK(has(one.home.run({"plugins", "keys", "list"}).out, "plugins keys add"));
  CHECK(one.home.run({"plugins", "keys", "add", bundle.string()}).exit_code == 1);
}

TEST_CASE("a bundle of which one byte was changed is refused") {
  const Trusting one;
  const auto bundle = signed_bundle(one.home, Content(ship_1_0()), one.keys);
  std::string bytes = process::text_of(bundle);
  bytes[bytes.size() / 2] ^= 1;
  process::write_text(bundle, bytes);
  one.refuses(bundle, "not the one that was signed");
}

TEST_CASE("a signature whose trusted comment was edited is refused") {
  const Trusting one;
  const auto bundle = signed_bundle(one.home, Content(ship_1_0()), one.keys);
  std::string signature = process::text_of(bundle.string() + ".minisig");
  signature.replace(signature.find("version=1.0.0"), 13, "version=1.9.0");
  process::write_text(bundle.string() + ".minisig", signature);
  one.refuses(bundle, "trusted comment of the signature was changed");
}

TEST_CASE("a manifest of another version under a signature is refused") {
  const Trusting one;
  Content content(ship_1_0());
  const auto bundle = one.home.scratch("ship-1.9.0-x86_64-linux.tar.gz");
  write_archive(bundle, content.entries());
  content.manifest["version"] = "1.9.0";
  sign(bundle, one.keys, trusted_comment(content.manifest));
  one.refuses(bundle, "its plugin.json says \"id=ship version=1.0.0");
}

TEST_CASE("the older form of signature is refused") {
  const Trusting one;
  const Content content(ship_1_0());
  const auto bundle = one.home.scratch("ship.tar.gz");
  write_archive(bundle, content.entries());
  sign(bundle, one.keys, trusted_comment(content.manifest), {"-l"});
  one.refuses(bundle, "older form of minisign");
}

TEST_CASE("a bundle for another platform, interface or system is refused") {
  const Trusting one;
  Content foreign(ship_1_0());
  foreign.manifest["platform"] = "aarch64-linux";
  one.refuses(signed_bundle(one.home, foreign, one.keys), "it is built for aarch64-linux");
  Content future(ship_1_0());
  future.manifest["abi"]["min_host_minor"] = 99;
  one.refuses(signed_bundle(one.home, future, one.keys), "it needs version 1.99");
  Content newer(ship_1_0());
  newer.manifest["runtime"]["glibc"] = "2.999";
  one.refuses(signed_bundle(one.home, newer, one.keys), "it needs glibc 2.999");
}

TEST_CASE("a signed bundle that holds what no bundle may hold is refused") {
  const Trusting one;
  const auto with = [&](const Entry& entry) {
    Content content(ship_1_0());
    content.more = {entry};
    return signed_bundle(one.home, content, one.keys);
  };
  one.refuses(with({"ship-1.0.0/../../../escaped", "x"}), "outside the plugin's folder");
  CHECK(!std::filesystem::exists(one.home.path() / "escaped"));
  one.refuses(with({"ship-1.0.0/link", "/etc/passwd", Kind::symbolic_link}), "holds a link");
  one.refuses(with({"ship-1.0.0/plugin.json", "{}"}), "there already");
  one.refuses(with({"ship-1.0.0/zeros", std::string(64 * 1024 * 1024, '\0')}),
              "100 times its size");
}

TEST_CASE("SHA256SUMS must name every file, none else, each with its hash") {
  const Trusting one;
  Content extra(ship_1_0());
  extra.without_sum_of = "licenses/LICENSE";
  one.refuses(signed_bundle(one.home, extra, one.keys), "does not name");
  Content missing(ship_1_0());
  missing.more_sums = std::string(64, '0') + "  gone.txt\n";
  one.refuses(signed_bundle(one.home, missing, one.keys), "names gone.txt, which it does not hold");
  Content other(ship_1_0());
  other.without_sum_of = "licenses/LICENSE";
  other.more_sums = std::string(64, '0') + "  licenses/LICENSE\n";
  one.refuses(signed_bundle(one.home, other, one.keys), "is not the file whose hash");
  Content garbled(ship_1_0());
  garbled.more_sums = "hello\n";
  one.refuses(signed_bundle(one.home, garbled, one.keys), "no hash and file");
}

TEST_CASE("a library that says something else than the manifest is refused") {
  const Trusting one;
  const auto result = one.install(signed_bundle(one.home, Content(ship_1_1()), one.keys));
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "says it is ship 1.1.0"), result.err);
  CHECK(one.list().empty());
}

TEST_CASE("a library that was changed after it was installed shows as modified and is not loaded") {
  const Trusting one;
  REQUIRE(one.install(signed_bundle(one.home, Content(ship_1_0()), one.keys)).exit_code == 0);
  std::ofstream(one.list()[0].at("library").get<std::string>(), std::ios::app) << "more";
  CHECK(one.list()[0].at("signature") == "modified");
  const auto enabled = one.home.run({"plugins", "enable", "ship"});
  CHECK(enabled.exit_code == 1);
  CHECK(has(enabled.err, "ship was modified"));
  CHECK(one.install(one.home.scratch("ship-1.0.0-x86_64-linux.tar.gz")).exit_code == 0);
  CHECK(one.home.run({"plugins", "enable", "ship"}).exit_code == 0);
}

TEST_CASE("a newer version is installed in the place of the old one, which goes") {
  const Trusting one;
  REQUIRE(one.install(signed_bundle(one.home, Content(ship_1_0()), one.keys)).exit_code == 0);
  const auto newer = one.install(signed_bundle(one.home, Content(ship_1_1(), "1.1.0"), one.keys));
  REQUIRE_MESSAGE(newer.exit_code == 0, newer.err);
  CHECK(one.list()[0].at("version") == "1.1.0");
  CHECK(one.home.run({"plugins", "enable", "ship"}).exit_code == 0);
  CHECK(!std::filesystem::exists(one.home.path() / "plugins" / "ship" / "1.0.0"));
}

TEST_CASE("a plugin does not pass into other hands without a word") {
  const Trusting one;
  const KeyPair others(one.home, "other");
  one.home.run({"plugins", "keys", "add", others.public_key.string()});
  REQUIRE(one.install(signed_bundle(one.home, Content(ship_1_0()), one.keys)).exit_code == 0);
  const std::string signed_by = one.list()[0].at("signed_by");
  const auto bundle = signed_bundle(one.home, Content(ship_1_1(), "1.1.0"), others);
  const auto refused = one.install(bundle);
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "was signed with the key " + signed_by.substr(0, 16)),
                refused.err);
  CHECK(has(refused.err, "--other-key"));
  const auto unsigned_one = one.install(ship_1_1());
  CHECK(unsigned_one.exit_code == 1);
  CHECK_MESSAGE(has(unsigned_one.err, "this one is not signed"), unsigned_one.err);
  CHECK(one.list()[0].at("version") == "1.0.0");
  CHECK(one.home.run({"plugins", "install", "--other-key", bundle.string()}).exit_code == 0);
  CHECK(one.list()[0].at("signed_by") != signed_by);
}

TEST_CASE("an older version takes the place of a newer one only on demand") {
  const Trusting one;
  REQUIRE(one.install(signed_bundle(one.home, Content(ship_1_1(), "1.1.0"), one.keys)).exit_code ==
          0);
  const auto older = signed_bundle(one.home, Content(ship_1_0()), one.keys);
  const auto refused = one.install(older);
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(has(refused.err, "is older than the 1.1.0 that is installed"), refused.err);
  CHECK(one.home.run({"plugins", "install", "--downgrade", older.string()}).exit_code == 0);
  CHECK(one.list()[0].at("version") == "1.0.0");
}
