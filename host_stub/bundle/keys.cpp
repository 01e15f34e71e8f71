#include "bundle/keys.hpp"

#include "home/files.hpp"

#include <algorithm>
#include <tuple>

namespace host::bundle {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fingerprint_part_min = 8; // digits that may stand for the whole

bool is_called(const PublicKey& key, const std::string& name) {
  return key.text == name ||
         (name.size() >= fingerprint_part_min && key.fingerprint.rfind(name, 0) == 0);
}

} // namespace

Outcome<PublicKey> read_key(const fs::path& file) {
  const auto text = home::read_private_file(file);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return problem("there is no file " + file.string(), ERP_E_NOT_FOUND);
  auto key = parse_public_key(**text);
  if (!key) return problem(file.string() + ": " + key.error().message);
  return key;
}

Outcome<std::vector<KeyFile>> key_files(const home::Folders& folders) {
  std::vector<KeyFile> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folders.keys(), error)) {
    if (entry.path().extension() != ".pub") continue;
    auto key = read_key(entry.path());
    if (!key) return tl::make_unexpected(key.error());
    found.push_back({std::move(*key), entry.path()});
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return problem("cannot read " + folders.keys().string() + ": " + error.message(),
                   ERP_E_STORAGE);
  std::sort(found.begin(), found.end(), [](const KeyFile& a, const KeyFile& b) {
    return std::tie(a.key.fingerprint, a.file) < std::tie(b.key.fingerprint, b.file);
  });
  return found;
}

Outcome<std::vector<PublicKey>> trusted_keys(const home::Folders& folders) {
  const auto files = key_files(folders);
  if (!files) return tl::make_unexpected(files.error());
  std::vector<PublicKey> keys;
  for (const KeyFile& one : *files)
    if (keys.empty() || keys.back().fingerprint != one.key.fingerprint) keys.push_back(one.key);
  return keys;
}

Outcome<PublicKey> add_key(const home::Folders& folders, const fs::path& file) {
  auto key = read_key(file);
  if (!key) return key;
  if (auto made = home::make_private_folder(folders.keys()); !made)
    return tl::make_unexpected(made.error());
  // Written anew from what was read: nothing else of the file comes along.
  const std::string text = "untrusted comment: added by erp-host\n" + key->text + "\n";
  if (auto put = home::replace_file(folders.keys() / (key->fingerprint + ".pub"), text); !put)
    return tl::make_unexpected(put.error());
  return key;
}

Outcome<PublicKey> remove_key(const home::Folders& folders, const std::string& name) {
  const auto files = key_files(folders);
  if (!files) return tl::make_unexpected(files.error());
  std::vector<KeyFile> meant;
  std::copy_if(files->begin(), files->end(), std::back_inserter(meant),
               [&](const KeyFile& one) { return is_called(one.key, name); });
  if (meant.empty())
    return problem("there is no key " + name +
                       "; `plugins keys list` shows those there are (name one by its SHA-256, or "
                       "by its first 8 digits or more)",
                   ERP_E_NOT_FOUND);
  for (const KeyFile& one : meant)
    if (one.key.fingerprint != meant.front().key.fingerprint)
      return problem("several keys begin with " + name + "; give more digits", ERP_E_CONFLICT);
  for (const KeyFile& one : meant) {
    std::error_code error;
    if (!fs::remove(one.file, error))
      return problem("cannot remove " + one.file.string() + ": " + error.message(), ERP_E_STORAGE);
  }
  if (auto synced = home::sync_folder(folders.keys()); !synced)
    return tl::make_unexpected(synced.error());
  return meant.front().key;
}

} // namespace host::bundle
