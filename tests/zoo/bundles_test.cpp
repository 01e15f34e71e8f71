#include "bundle/manifest.hpp"
#include "looked_at.hpp"
#include "packaging/packed.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

// Bundles of the template plugin that are sick in one way each. All are made here, and signed with
// keys that minisign makes for the moment.

using namespace zoo;
using host_test::Home;
using nlohmann::json;

namespace {

const std::string platform = host::bundle::this_place().platform;

std::string schema_of_template() {
  const auto told = process::run(ERP_DESCRIBE, {"--settings-schema", TEMPLATE});
  REQUIRE_MESSAGE(told.exit_code == 0, told.err);
  return told.out;
}

packed::Content content_of_template() {
  packed::Content content(TEMPLATE);
  const std::string inside = "lib/" + platform + "/template.so";
  content.top = "template-1.0.0";
  content.files = {{inside, process::text_of(TEMPLATE)},
                   {"settings.schema.json", schema_of_template()},
                   {"licenses/LICENSE", "for the test\n"}};
  content.manifest = {
      {"id", "template"},
      {"version", "1.0.0"},
      {"name", "Template"},
      {"publisher", "Larkfield Fabrication (fictional)"},
      {"license", "Apache-2.0"},
      {"category", "Examples"},
      {"summary", "Keeps what it is told."},
      {"does", {"Writes events down."}},
      {"touches", {"Its own folder."}},
      {"needs", json::array()},
      {"permissions", {{"services", {"erp.log/1", "erp.clock/1"}}, {"network", json::array()}}},
      {"interfaces", {"erp.command/1", "erp.job/1", "erp.procurement/1", "erp.settings/1"}},
      {"abi", {{"major", 1}, {"built_minor", 0}, {"min_host_minor", 0}}},
      {"platform", platform},
      {"library", inside},
      {"settings_schema", "settings.schema.json"},
      {"runtime", {{"glibc", host::bundle::this_place().glibc}, {"glibcxx", nullptr}}}};
  return content;
}

struct Publisher {
  Home home;
  packed::KeyPair keys{home, "ours"};
  packed::Content content = content_of_template();

  std::filesystem::path bundle() const { return home.scratch("template.tar.gz"); }
  void pack() const { packed::write_archive(bundle(), content.entries()); }
  void sign() const { packed::sign(bundle(), keys, packed::trusted_comment(content.manifest)); }
  std::string packed_and_signed() const {
    pack();
    sign();
    return bundle();
  }
  std::vector<std::string> with_key() const { return {"--key", keys.public_key.string()}; }
  void is_caught_by(const std::string& check) const { only(check, bundle(), "fail", with_key()); }
};

// A byte of gzip's header that says which system made the file: nobody reads it, and it was signed.
void flip_a_byte(const std::filesystem::path& file) {
  constexpr std::streamoff made_on = 9;
  std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
  stream.seekp(made_on);
  stream.put('\x7f');
  REQUIRE(stream.flush());
}

const Known a_bundle_that_escapes("bundle-shape", "a bundle");
const Known a_bundle_unsigned("bundle-signed", "a bundle");

} // namespace

TEST_CASE(
    "a signed bundle of the template passes, and a bundle's own checks are among what passes") {
  const Publisher one;
  const Result result = looked_at(one.packed_and_signed(), one.with_key());
  INFO(result.verdicts.dump(2));
  CHECK(result.exit_code == 0);
  CHECK(result.failed() == Names{});
  CHECK(result.with({"pass"}).size() == check_count);
}

TEST_CASE("the keys of a home serve as well, and without any key the signature is not passed") {
  const Publisher one;
  const std::string bundle = one.packed_and_signed();
  const auto no_key = looked_at(bundle, {"--only", "bundle-"});
  CHECK(no_key.of("bundle-signed")["verdict"] == "skip");
  CHECK(has(no_key.of("bundle-signed"), "no key was given"));
  REQUIRE(one.home.run({"plugins", "keys", "add", one.keys.public_key.string()}).exit_code == 0);
  const std::string home = one.home.path();
  CHECK(looked_at(bundle, {"--only", "bundle-", "--home", home}).failed() == Names{});
  const auto before = process::run(
      ERP_HOST, {"--home", home, "plugins", "validate", bundle, "--only", "bundle-", "--json"});
  CHECK(json::parse(before.out).at(1).at("verdict") == "pass");
  CHECK(validate({bundle, "--home", home + "-of-nobody"}).exit_code == 1);
  CHECK(validate({bundle, "--key", bundle}).exit_code == 1);
}

TEST_CASE("bundle-shape alone catches a path that leaves the bundle") {
  Publisher one;
  one.content.more = {{"template-1.0.0/../../evil", "out of here"}};
  one.packed_and_signed();
  one.is_caught_by("bundle-shape");
}
TEST_CASE("bundle-shape alone catches a link in the bundle") {
  Publisher one;
  one.content.more = {{"template-1.0.0/passwd", "/etc/passwd", packed::Kind::symbolic_link}};
  one.packed_and_signed();
  one.is_caught_by("bundle-shape");
}
TEST_CASE("bundle-shape alone catches a bundle for another platform") {
  Publisher one;
  one.content.manifest["platform"] = "riscv64-linux";
  one.packed_and_signed();
  one.is_caught_by("bundle-shape");
}
TEST_CASE("bundle-shape alone catches a library that is named and not there") {
  Publisher one;
  one.content.manifest["library"] = "lib/" + platform + "/other.so";
  one.packed_and_signed();
  one.is_caught_by("bundle-shape");
}
TEST_CASE("bundle-shape alone catches a folder of another name") {
  Publisher one;
  one.content.top = "template-0.9.0";
  one.packed_and_signed();
  one.is_caught_by("bundle-shape");
}

TEST_CASE("bundle-signed alone catches a bundle that is not signed") {
  const Publisher one;
  one.pack();
  one.is_caught_by("bundle-signed");
}
TEST_CASE("bundle-signed alone catches a comment that says another version") {
  const Publisher one;
  one.pack();
  json other = one.content.manifest;
  other["version"] = "1.0.1";
  packed::sign(one.bundle(), one.keys, packed::trusted_comment(other));
  one.is_caught_by("bundle-signed");
}
TEST_CASE("bundle-signed alone catches one other byte") {
  const Publisher one;
  one.packed_and_signed();
  flip_a_byte(one.bundle());
  one.is_caught_by("bundle-signed");
}
TEST_CASE("bundle-signed alone catches a file that SHA256SUMS does not name") {
  Publisher one;
  one.content.more = {{"template-1.0.0/extra.txt", "slipped in"}};
  one.packed_and_signed();
  one.is_caught_by("bundle-signed");
}
TEST_CASE("bundle-signed alone catches the key of somebody else") {
  const Publisher one, other;
  one.packed_and_signed();
  only("bundle-signed", one.bundle(), "fail", other.with_key());
}

TEST_CASE("binary-hygiene alone catches a bundle that promises to run with an older C library") {
  Publisher one;
  one.content.manifest["runtime"]["glibc"] = "2.1"; // older than any for this processor
  one.packed_and_signed();
  one.is_caught_by("binary-hygiene");
}

TEST_CASE("manifest-valid alone catches a bundle that asks for a service nobody offers") {
  Publisher one;
  one.content.manifest["permissions"]["services"].push_back("erp.everything/1");
  one.packed_and_signed();
  one.is_caught_by("manifest-valid");
}
TEST_CASE("manifest-valid alone catches a bundle with the settings of another version") {
  Publisher one;
  one.content.files["settings.schema.json"] = R"({"type":"object","properties":{}})";
  one.packed_and_signed();
  one.is_caught_by("manifest-valid");
}
TEST_CASE("manifest-valid alone catches a bundle that does not say who publishes it") {
  Publisher one;
  one.content.manifest.erase("publisher");
  one.packed_and_signed();
  one.is_caught_by("manifest-valid");
}
TEST_CASE("manifest-valid alone catches a plugin.json without a version") {
  Publisher one;
  const std::string comment = packed::trusted_comment(one.content.manifest);
  one.content.manifest.erase("version");
  one.pack();
  packed::sign(one.bundle(), one.keys, comment);
  one.is_caught_by("manifest-valid");
}
