#include "plugins/install.hpp"

#include "home/files.hpp"
#include "home/trees.hpp"
#include "plugins/integrity.hpp"

#include <set>

namespace host::plugins {
namespace {

namespace fs = std::filesystem;

// In one step: whoever looks finds the old folder or the new one. The old one is then at `staging`.
Outcome<void> move_to(const fs::path& staging, const fs::path& place) {
  if (auto made = home::make_private_folder(place.parent_path()); !made) return made;
  if (auto synced = home::sync_tree(staging); !synced) return synced;
  return home::exchange(staging, place);
}

// <id>/<version>; but beside it while the same version with other content is written down there,
// since that one must work until the new one is.
fs::path place_of(const home::Folders& folders, const Installed& staged) {
  const fs::path place = fs::path(staged.id) / staged.version;
  const auto there = content_digest(folders.plugins() / place);
  if (!fs::exists(folders.plugins() / place) || (there && *there == staged.content_sha256))
    return place;
  return fs::path(staged.id) / (staged.version + "+" + staged.content_sha256.substr(0, 12));
}

// The folder of the same version that `now` has taken the place of.
void remove_replaced(const home::Folders& folders, const std::optional<Installed>& before,
                     const Installed& now) {
  if (!before || before->version != now.version) return;
  std::error_code ignored;
  if (folder_of(folders, *before) != folder_of(folders, now))
    fs::remove_all(folder_of(folders, *before), ignored);
}

} // namespace

Outcome<Installed> put_in_place(const home::Folders& folders, const Staged& staged,
                                std::int64_t now) {
  Installed installed = staged.plugin;
  const fs::path place = place_of(folders, installed);
  if (auto placed = move_to(staged.folder.path(), folders.plugins() / place); !placed)
    return tl::make_unexpected(placed.error());
  installed.library = (place / staged.plugin.library).string();
  installed.installed_at = now;
  return installed;
}

Outcome<Installed> install(const home::Folders& folders, Registry& registry, const ToInstall& what,
                           std::int64_t now) {
  const auto staged = stage(folders, registry, what);
  if (!staged) return tl::make_unexpected(staged.error());
  const auto before = registry.find(staged->plugin.id);
  const auto installed = put_in_place(folders, *staged, now);
  if (!installed) return installed;
  registry.put(*installed);
  remove_replaced(folders, before, *installed);
  return installed;
}

void sweep_staging(const home::Folders& folders) {
  std::error_code ignored;
  for (const auto& left : fs::directory_iterator(folders.staging(), ignored))
    fs::remove_all(left.path(), ignored);
}

void sweep_versions(const home::Folders& folders, const std::vector<Installed>& kept) {
  std::set<fs::path> wanted{folders.staging()};
  for (const Installed& one : kept)
    wanted.insert(folder_of(folders, one));
  std::error_code ignored;
  for (const auto& id : fs::directory_iterator(folders.plugins(), ignored)) {
    if (wanted.count(id.path())) continue;
    for (const auto& version : fs::directory_iterator(id.path(), ignored))
      if (!wanted.count(version.path())) fs::remove_all(version.path(), ignored);
    fs::remove(id.path(), ignored); // if nothing is left
  }
}

} // namespace host::plugins
