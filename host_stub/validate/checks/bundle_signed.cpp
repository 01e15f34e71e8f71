#include "bundle/keys.hpp"
#include "bundle/open.hpp"
#include "bundle/sums.hpp"
#include "validate/checks/checks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

namespace host::validate {
namespace {

std::vector<bundle::PublicKey> keys_of(const Subject& subject) {
  std::vector<bundle::PublicKey> keys;
  for (const auto& file : subject.key_files) {
    auto key = bundle::read_key(file);
    if (!key) skip(key.error().message);
    keys.push_back(std::move(*key));
  }
  return keys;
}

void run(const Subject& subject) {
  const auto folder = subject.scratch / "unpacked";
  std::filesystem::create_directories(folder);
  const bundle::Terms terms{keys_of(subject)};
  const auto content = bundle::content_of(subject.archive, terms.limits.packed_max_bytes);
  if (!content) skip("the bundle cannot be read; bundle-shape says why");
  const std::filesystem::path beside = subject.archive.string() + ".minisig";
  require(std::filesystem::exists(beside), bundle_signed.what,
          "it is not signed: there is no " + beside.filename().string() + " beside it");
  std::optional<bundle::Verified> signature;
  step("verifying the signature");
  if (!terms.keys.empty()) {
    auto verified = bundle::verified(subject.archive, *content, terms);
    if (!verified) fail(bundle_signed.what, verified.error().message);
    signature = std::move(*verified);
  }
  step("unpacking the bundle");
  const auto unpacked = bundle::unpack(*content, folder, terms.limits);
  if (!unpacked)
    skip("it cannot be unpacked, which bundle-shape tells, so nobody knows what the signature is "
         "for");
  const auto manifest = bundle::checked_manifest(folder, *unpacked, signature);
  if (!manifest && manifest.error().status == ERP_E_DENIED)
    fail("a signature whose trusted comment says what plugin.json says", manifest.error().message);
  if (!manifest && !bundle::parse_manifest(text_in(folder / "plugin.json")))
    skip("its plugin.json cannot be understood, which manifest-valid tells, so nobody knows what "
         "the signature is for");
  if (auto sums = bundle::check_sums(folder, unpacked->files); !sums)
    fail("SHA256SUMS names every other file, with its hash, and no more", sums.error().message);
  if (!signature)
    skip("no key was given to verify it with: --key FILE.pub, or --home DIR for the keys of a "
         "home");
}

} // namespace

const Check bundle_signed = {
    "bundle-signed",
    "packaging/README.md",
    "signed with minisign by a key that was given, for this very id, version and content",
    "The signature is all that an administrator knows of where a plugin comes from. One that is "
    "for something else lets an old version pass for a new one.",
    "Make bundles with packaging/bundle --key FILE, and hand out both files. Here, give the public "
    "key of that pair with --key FILE.pub.",
    run,
    "Whether the key is in the right hands.",
    Needs::archive};

} // namespace host::validate
