#include "bundle/signature.hpp"
#include "packed.hpp"

#include <doctest/doctest.h>

using namespace host_test;
using namespace packed;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Keys {
  Home home;
  KeyPair ours{home, "ours"}, others{home, "others"};
  process::Result run(const std::vector<std::string>& words) const {
    std::vector<std::string> all = {"plugins", "keys"};
    all.insert(all.end(), words.begin(), words.end());
    return home.run(all);
  }
  json list() const { return home.json({"plugins", "keys", "list", "--json"}); }
};

host::bundle::PublicKey key_of(const KeyPair& pair) {
  return *host::bundle::parse_public_key(process::text_of(pair.public_key));
}

} // namespace

TEST_CASE("a key is shown itself and by its digest, never by the label that its maker chose") {
  const Keys keys;
  const auto key = key_of(keys.ours);
  const auto added = keys.run({"add", keys.ours.public_key.string()});
  REQUIRE_MESSAGE(added.exit_code == 0, added.err);
  for (const std::string& said : {added.out, keys.run({"list"}).out}) {
    CHECK(has(said, key.text));
    CHECK(has(said, key.fingerprint));
    CHECK(!has(said, key.label));
  }
  const json list = keys.list();
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("key") == key.text);
  CHECK(list[0].at("sha256") == key.fingerprint);
}

TEST_CASE("two keys of the same label live side by side") {
  const Keys keys;
  REQUIRE(keys.run({"add", keys.ours.public_key.string()}).exit_code == 0);
  // The label of ours, the key of somebody else: 2 bytes of algorithm, 8 of label, 32 of key.
  const std::string mixed = key_of(keys.ours).text.substr(0, 12);
  process::write_text(keys.home.scratch("mixed.pub"), "untrusted comment: ours, really\n" + mixed +
                                                          key_of(keys.others).text.substr(12) +
                                                          "\n");
  REQUIRE(keys.run({"add", "mixed.pub"}).exit_code == 0);
  CHECK(keys.list().size() == 2);
}

TEST_CASE("a key that was copied into the folder by hand is removed by what the list says") {
  const Keys keys;
  REQUIRE(keys.run({"add", keys.others.public_key.string()}).exit_code == 0);
  std::filesystem::copy_file(keys.ours.public_key, keys.home.path() / "keys" / "by hand.pub");
  CHECK(keys.list().size() == 2);
  const std::string digest = key_of(keys.ours).fingerprint;
  const auto removed = keys.run({"remove", digest.substr(0, 8)});
  CHECK_MESSAGE(removed.exit_code == 0, removed.err);
  CHECK(!std::filesystem::exists(keys.home.path() / "keys" / "by hand.pub"));
  REQUIRE(keys.list().size() == 1);
  CHECK(keys.list()[0].at("sha256") == key_of(keys.others).fingerprint);
  CHECK(has(keys.run({"remove", digest}).err, "plugins keys list"));
  CHECK(keys.run({"remove", digest.substr(0, 7)}).exit_code == 1); // too little to mean one
  CHECK(keys.run({"remove", key_of(keys.others).text}).exit_code == 0);
}
