#include "plugins/snapshot.hpp"

#include "home/files.hpp"
#include "home/trees.hpp"

namespace host::plugins {
namespace {

namespace fs = std::filesystem;

// A plugin's three belongings, wherever they lie.
struct Places {
  fs::path data, secrets, settings;
};

Places in_home(const home::Folders& folders, const std::string& id) {
  return {folders.data_of(id), folders.secrets_of(id), folders.settings_of(id)};
}

Places in_snapshot(const home::Folders& folders, const std::string& id) {
  const fs::path folder = folders.upgrade_of(id) / "snapshot";
  return {folder / "data", folder / "secrets.sealed", folder / "settings.json"};
}

// What is not there at `from` is not there at `to` afterwards either.
Outcome<void> copy_plain_file(const fs::path& from, const fs::path& to) {
  const auto content = home::read_private_file(from);
  if (!content) return tl::make_unexpected(content.error());
  if (*content) return home::replace_file(to, **content);
  std::error_code error;
  if (!fs::remove(to, error) && error)
    return problem("cannot remove " + to.string() + ": " + error.message(), ERP_E_STORAGE);
  return home::sync_folder(to.parent_path());
}

Outcome<void> copy_into_nothing(const Places& from, const Places& to) {
  if (fs::exists(from.data))
    if (auto copied = home::copy_tree(from.data, to.data); !copied) return copied;
  if (auto copied = copy_plain_file(from.secrets, to.secrets); !copied) return copied;
  return copy_plain_file(from.settings, to.settings);
}

} // namespace

Outcome<void> take_snapshot(const home::Folders& folders, const std::string& id) {
  discard_snapshot(folders, id);
  const Places to = in_snapshot(folders, id);
  if (auto made = home::make_private_folder(to.data.parent_path()); !made) return made;
  if (auto copied = copy_into_nothing(in_home(folders, id), to); !copied) return copied;
  for (const fs::path& folder : {folders.upgrade_of(id), folders.upgrades(), folders.root})
    if (auto synced = home::sync_folder(folder); !synced) return synced;
  return {};
}

Outcome<void> restore_snapshot(const home::Folders& folders, const std::string& id) {
  const Places from = in_snapshot(folders, id), to = in_home(folders, id);
  if (!fs::exists(from.data.parent_path()))
    return problem("the snapshot " + from.data.parent_path().string() + " is gone", ERP_E_STORAGE);
  const fs::path fresh = folders.upgrade_of(id) / "fresh";
  std::error_code ignored;
  fs::remove_all(fresh, ignored); // of an attempt that was killed
  if (fs::exists(from.data)) {
    if (auto copied = home::copy_tree(from.data, fresh); !copied) return copied;
  } else if (auto made = home::make_private_folder(fresh); !made) {
    return made; // there was none: an empty one is the same to a plugin
  }
  if (auto exchanged = home::exchange(fresh, to.data); !exchanged) return exchanged;
  if (auto copied = copy_plain_file(from.secrets, to.secrets); !copied) return copied;
  return copy_plain_file(from.settings, to.settings);
}

void discard_snapshot(const home::Folders& folders, const std::string& id) {
  std::error_code ignored;
  fs::remove_all(folders.upgrade_of(id), ignored);
}

Outcome<void> copy_belongings(const home::Folders& from, const home::Folders& to,
                              const std::string& id) {
  return copy_into_nothing(in_home(from, id), in_home(to, id));
}

} // namespace host::plugins
