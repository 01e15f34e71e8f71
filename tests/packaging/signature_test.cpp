#include "bundle/signature.hpp"
#include "packed.hpp"

#include <doctest/doctest.h>

using namespace host_test;
using host::bundle::parse_public_key;
using host::bundle::verify;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Signed {
  Home home;
  packed::KeyPair keys{home, "ours"};
  host::bundle::PublicKey key = *parse_public_key(process::text_of(keys.public_key));
  std::string content = "what is signed";
  std::string signature_with(const std::vector<std::string>& words) const {
    process::write_text(home.scratch("file"), content);
    packed::sign(home.scratch("file"), keys, "a comment", words);
    return process::text_of(home.scratch("file.minisig"));
  }
};

} // namespace

TEST_CASE("what minisign signed is accepted, and its comment and key are told") {
  const Signed one;
  const auto verified = verify(one.content, one.signature_with({}), {one.key});
  REQUIRE_MESSAGE(verified, verified.error().message);
  CHECK(verified->comment == "a comment");
  CHECK(verified->key.fingerprint == one.key.fingerprint);
  CHECK(has(process::text_of(one.keys.public_key), one.key.label)); // as minisign itself calls it
}

TEST_CASE("the older form of a signature is refused, though it is true") {
  const Signed one;
  const auto refused = verify(one.content, one.signature_with({"-l"}), {one.key});
  REQUIRE(!refused);
  CHECK(has(refused.error().message, "older form"));
}

TEST_CASE("one other byte in the file, the signature or its comment is noticed") {
  const Signed one;
  const std::string signature = one.signature_with({});
  CHECK(has(verify("what is signeD", signature, {one.key}).error().message,
            "not the one that was signed"));
  std::string comment = signature;
  comment.replace(comment.find("a comment"), 9, "A comment");
  CHECK(has(verify(one.content, comment, {one.key}).error().message, "trusted comment"));
  std::size_t accepted = 0;
  for (std::size_t i = signature.find('\n') + 1; i < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    accepted += verify(one.content, changed, {one.key}).has_value() ? 1 : 0;
  }
  CHECK(accepted <= 1); // the newline at the very end is no part of it
}

TEST_CASE("a key that nobody added is refused by its label") {
  const Signed one, other;
  const auto refused = verify(one.content, one.signature_with({}), {other.key});
  REQUIRE(!refused);
  CHECK(has(refused.error().message, one.key.label));
  CHECK(refused.error().status == ERP_E_NOT_FOUND);
  CHECK(!verify(one.content, one.signature_with({}), {}));
}

TEST_CASE("a key that took another one's label does not verify, nor keep that one from it") {
  const Signed one, other;
  auto forged = other.key;
  forged.id = one.key.id;
  CHECK(!verify(one.content, one.signature_with({}), {forged}));
  const auto verified = verify(one.content, one.signature_with({}), {forged, one.key});
  REQUIRE(verified);
  CHECK(verified->key.fingerprint == one.key.fingerprint);
}

TEST_CASE("text that is no signature or key is refused with words") {
  const Signed one;
  for (const std::string& text : {std::string(), std::string("hello"), std::string("a\nb\nc\nd\n"),
                                  std::string(300, '=') + "\n", std::string("\n\n\n\n"),
                                  one.signature_with({}).substr(0, 100)}) {
    CHECK(!verify(one.content, text, {one.key}));
    CHECK(!parse_public_key(text));
  }
  CHECK(!parse_public_key(process::text_of(one.keys.secret_key)));
}
