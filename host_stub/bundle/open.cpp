#include "bundle/open.hpp"

#include "bundle/digest.hpp"
#include "bundle/sums.hpp"
#include "bundle/unpack.hpp"
#include "home/files.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <fstream>

namespace host::bundle {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest_name = "plugin.json";

} // namespace

Outcome<std::string> content_of(const fs::path& file, std::uint64_t max_bytes) {
  std::error_code error;
  const auto length = fs::is_regular_file(file, error) ? fs::file_size(file, error) : 0;
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream || length == 0) return problem("it cannot be read, or is empty");
  const std::string too_large =
      "it is larger than any plugin: more than " + std::to_string(max_bytes) + " bytes";
  if (length > max_bytes) return problem(too_large);
  std::string content(length, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(length));
  if (static_cast<std::uint64_t>(stream.gcount()) != length || stream.peek() != EOF)
    return problem("it changed while it was read; try again");
  return content;
}

Outcome<std::optional<Verified>> verified(const fs::path& file, const std::string& content,
                                          const Terms& terms) {
  const fs::path beside = file.string() + ".minisig";
  if (!fs::exists(beside)) {
    if (terms.unsigned_allowed) return std::optional<Verified>();
    return problem("it is not signed: there is no " + beside.filename().string() +
                       " beside it. Get that file from the publisher too. To install it unsigned, "
                       "whoever made it: plugins install --unsigned",
                   ERP_E_DENIED);
  }
  const auto signature = content_of(beside, signature_length_max_bytes);
  if (!signature) return problem("its signature: " + signature.error().message);
  auto signed_by = verify(content, *signature, terms.keys);
  if (!signed_by && signed_by.error().status == ERP_E_NOT_FOUND)
    return problem(signed_by.error().message +
                       (terms.promised
                            ? ", and the marketplace allows that key for no " + terms.promised->id
                            : ", which this host does not trust; if you got that key from the "
                              "publisher in a safe way, add it: plugins keys add FILE.pub"),
                   ERP_E_DENIED);
  if (!signed_by) return tl::make_unexpected(signed_by.error());
  return std::optional<Verified>(std::move(*signed_by));
}

Outcome<Manifest> checked_manifest(const fs::path& folder, const Unpacked& unpacked,
                                   const std::optional<Verified>& signature) {
  const auto text = home::read_private_file(folder / manifest_name);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return problem(std::string("it has no ") + manifest_name);
  auto manifest = parse_manifest(**text);
  if (!manifest) return manifest;
  if (signature && signature->comment != manifest->trusted_comment())
    return problem("its signature is for \"" + terminal::shown(signature->comment) +
                       "\", and its plugin.json says \"" + manifest->trusted_comment() +
                       "\"; get both files again",
                   ERP_E_DENIED);
  if (unpacked.top != manifest->id + "-" + manifest->version)
    return problem("the folder in it is called " + unpacked.top + ", and must be called " +
                   manifest->id + "-" + manifest->version);
  if (std::find(unpacked.files.begin(), unpacked.files.end(), manifest->library) ==
      unpacked.files.end())
    return problem("it does not hold " + terminal::shown(manifest->library) +
                   ", which its plugin.json names");
  return manifest;
}

namespace {

Outcome<void> check_bytes(const std::string& content, const Promised& promised) {
  if (content.size() != promised.size_bytes)
    return problem("the marketplace's index says " + std::to_string(promised.size_bytes) +
                       " bytes, and it has " + std::to_string(content.size()) +
                       "; it is not the file that the marketplace means",
                   ERP_E_DENIED);
  if (const std::string hash = sha256(content); hash != promised.sha256)
    return problem("the marketplace's index names the SHA-256 " + promised.sha256 +
                       ", and it has " + hash + "; it is not the file that the marketplace means",
                   ERP_E_DENIED);
  return {};
}

Outcome<void> check_names(const Manifest& manifest, const Promised& promised) {
  const auto words = [](const auto& one) {
    return one.id + " " + one.version + " for " + one.platform;
  };
  if (words(manifest) == words(promised)) return {};
  return problem("the marketplace's index says it is " + words(promised) + ", and it is " +
                     words(manifest),
                 ERP_E_DENIED);
}

Outcome<Opened> opened(const fs::path& file, const fs::path& folder, const Terms& terms) {
  const auto content = content_of(file, terms.limits.packed_max_bytes);
  if (!content) return tl::make_unexpected(content.error());
  if (terms.promised)
    if (auto checked = check_bytes(*content, *terms.promised); !checked)
      return tl::make_unexpected(checked.error());
  const auto signature = verified(file, *content, terms);
  if (!signature) return tl::make_unexpected(signature.error());
  const auto unpacked = unpack(*content, folder, terms.limits);
  if (!unpacked) return tl::make_unexpected(unpacked.error());
  const auto manifest = checked_manifest(folder, *unpacked, *signature);
  if (!manifest) return tl::make_unexpected(manifest.error());
  if (terms.promised)
    if (auto checked = check_names(*manifest, *terms.promised); !checked)
      return tl::make_unexpected(checked.error());
  if (auto fitting = fits(*manifest, terms.place); !fitting)
    return tl::make_unexpected(fitting.error());
  if (auto sums = check_sums(folder, unpacked->files); !sums)
    return tl::make_unexpected(sums.error());
  return Opened{*manifest, *signature};
}

} // namespace

bool is_bundle(const fs::path& path) {
  const std::string name = path.filename().string();
  constexpr std::string_view ending = ".tar.gz";
  return name.size() > ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

Outcome<Opened> open(const fs::path& file, const fs::path& folder, const Terms& terms) {
  auto result = opened(file, folder, terms);
  if (!result)
    return problem(file.string() + " was not installed: " + result.error().message,
                   result.error().status);
  return result;
}

} // namespace host::bundle
