#include "bundle/open.hpp"
#include "validate/checks/checks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

namespace host::validate {
namespace {

void run(const Subject& subject) {
  const auto folder = subject.scratch / "unpacked";
  std::filesystem::create_directories(folder);
  const bundle::Terms terms;
  step("reading the bundle");
  const auto content = bundle::content_of(subject.archive, terms.limits.packed_max_bytes);
  if (!content) fail(bundle_shape.what, content.error().message);
  step("unpacking the bundle");
  const auto unpacked = bundle::unpack(*content, folder, terms.limits);
  if (!unpacked) fail(bundle_shape.what, unpacked.error().message);
  require(std::filesystem::exists(folder / "plugin.json"), bundle_shape.what,
          "it has no plugin.json");
  if (!bundle::parse_manifest(text_in(folder / "plugin.json")))
    skip("its plugin.json cannot be understood; manifest-valid says why");
  const auto manifest = bundle::checked_manifest(folder, *unpacked, std::nullopt);
  if (!manifest)
    fail("one folder ID-VERSION, with the library that plugin.json names",
         manifest.error().message);
  if (auto fitting = bundle::fits(*manifest, terms.place); !fitting)
    fail("a bundle for this machine and this host", fitting.error().message);
}

} // namespace

const Check bundle_shape = {
    "bundle-shape",
    "packaging/README.md",
    "a .tar.gz of plain files in one folder ID-VERSION, for this machine, not too large",
    "Whoever installs a bundle unpacks what a stranger made. A name with \"..\" in it, a link or a "
    "file without an end writes where no plugin belongs; hosts refuse all of it.",
    "Make bundles with packaging/bundle, on the platform they are for; put nothing into them "
    "afterwards.",
    run,
    "Platforms other than this machine's, and whether what lies beside the library is of any use.",
    Needs::archive};

} // namespace host::validate
