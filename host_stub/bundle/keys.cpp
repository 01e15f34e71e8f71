#include "bundle/keys.hpp"

#include "home/files.hpp"

#include <algorithm>

namespace host::bundle {
namespace {

namespace fs = std::filesystem;

} // namespace

Outcome<PublicKey> read_key(const fs::path& file) {
  const auto text = home::read_private_file(file);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return problem("there is no file " + file.string(), ERP_E_NOT_FOUND);
  auto key = parse_public_key(**text);
  if (!key) return problem(file.string() + ": " + key.error().message);
  return key;
}

Outcome<std::vector<PublicKey>> trusted_keys(const home::Folders& folders) {
  std::vector<PublicKey> keys;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folders.keys(), error)) {
    if (entry.path().extension() != ".pub") continue;
    auto key = read_key(entry.path());
    if (!key) return tl::make_unexpected(key.error());
    keys.push_back(std::move(*key));
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return problem("cannot read " + folders.keys().string() + ": " + error.message(),
                   ERP_E_STORAGE);
  std::sort(keys.begin(), keys.end(),
            [](const PublicKey& a, const PublicKey& b) { return a.name < b.name; });
  return keys;
}

Outcome<PublicKey> add_key(const home::Folders& folders, const fs::path& file) {
  const auto text = home::read_private_file(file);
  auto key = read_key(file);
  if (!key) return key;
  const auto keys = trusted_keys(folders);
  if (!keys) return tl::make_unexpected(keys.error());
  for (const PublicKey& there : *keys)
    if (there.name == key->name && there.key != key->key)
      return problem("another key is called " + key->name +
                         " already; remove it first: plugins keys remove " + key->name,
                     ERP_E_CONFLICT);
  if (auto made = home::make_private_folder(folders.keys()); !made)
    return tl::make_unexpected(made.error());
  if (auto put = home::replace_file(folders.keys() / (key->name + ".pub"), **text); !put)
    return tl::make_unexpected(put.error());
  return key;
}

Outcome<void> remove_key(const home::Folders& folders, const std::string& name) {
  const auto keys = trusted_keys(folders);
  if (!keys) return tl::make_unexpected(keys.error());
  for (const PublicKey& key : *keys) {
    if (key.name != name) continue;
    std::error_code error;
    if (!fs::remove(folders.keys() / (name + ".pub"), error))
      return problem("cannot remove the key " + name + ": " + error.message(), ERP_E_STORAGE);
    return home::sync_folder(folders.keys());
  }
  return problem("there is no key " + name + "; `plugins keys list` shows those there are",
                 ERP_E_NOT_FOUND);
}

} // namespace host::bundle
