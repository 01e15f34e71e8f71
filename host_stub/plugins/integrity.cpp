#include "plugins/integrity.hpp"

#include "bundle/digest.hpp"
#include "bundle/sums.hpp"
#include "loader/library.hpp"

#include <algorithm>
#include <vector>

namespace host::plugins {
namespace {

namespace fs = std::filesystem;

Outcome<std::vector<std::string>> files_below(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_symlink() || (!entry->is_regular_file() && !entry->is_directory()))
      return problem(entry->path().string() + " is no plain file", ERP_E_DENIED);
    if (entry->is_regular_file()) files.push_back(entry->path().lexically_relative(folder));
  }
  if (error) return problem("cannot read " + folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

// What is different; the library first, since everybody has one.
std::string difference(const home::Folders& folders, const Installed& plugin) {
  const fs::path folder = folder_of(folders, plugin), library = folders.plugins() / plugin.library;
  const auto digest = loader::digest_of(library);
  if (!digest || *digest != plugin.sha256)
    return library.string() + " is not the file that was installed";
  const auto files = files_below(folder);
  if (!files) return files.error().message;
  if (fs::exists(folder / bundle::sums_name))
    if (const auto sums = bundle::check_sums(folder, *files); !sums)
      return folder.string() + " is not what was installed: " + sums.error().message;
  return "the files in " + folder.string() + " are not those that were installed";
}

} // namespace

fs::path folder_of(const home::Folders& folders, const Installed& plugin) {
  const fs::path library = plugin.library; // <id>/<version>/...
  const auto id = library.begin();
  return folders.plugins() / *id / *std::next(id);
}

Outcome<std::string> content_digest(const fs::path& folder) {
  const auto files = files_below(folder);
  if (!files) return tl::make_unexpected(files.error());
  std::string lines;
  for (const std::string& file : *files) {
    const auto digest = loader::digest_of(folder / file);
    if (!digest) return digest;
    lines += *digest + "  " + file + "\n";
  }
  return bundle::sha256(lines);
}

Outcome<void> check_intact(const home::Folders& folders, const Installed& plugin) {
  const auto modified = [&] {
    return problem(plugin.id + " was modified: " + difference(folders, plugin) +
                       ". It is not loaded; find out who changed it, then install " + plugin.id +
                       " again",
                   ERP_E_DENIED);
  };
  const auto library = loader::digest_of(folders.plugins() / plugin.library);
  if (!library || *library != plugin.sha256) return modified();
  if (plugin.content_sha256.empty()) return {}; // installed before that was written down
  const auto content = content_digest(folder_of(folders, plugin));
  if (!content || *content != plugin.content_sha256) return modified();
  return {};
}

} // namespace host::plugins
