#include "plugins/install.hpp"

#include "bundle/keys.hpp"
#include "bundle/open.hpp"
#include "home/files.hpp"
#include "home/trees.hpp"
#include "loader/inspect.hpp"
#include "loader/library.hpp"
#include "secrets/seal.hpp"

#include <nlohmann/json.hpp>
#include <set>

namespace host::plugins {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* manifest_name = "plugin.json";
constexpr std::uintmax_t bundle_length_max_bytes = 512ull * 1024 * 1024;
constexpr std::size_t bundle_files_max = 10'000;

struct Manifest {
  std::string library; // relative
  std::string id, version;
  std::string signed_by = {}; // the name of the key; empty: unsigned
};

Outcome<Manifest> read_manifest(const fs::path& folder) {
  const auto text = home::read_private_file(folder / manifest_name);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text)
    return problem(folder.string() + " has no " + manifest_name +
                   "; give a library, or a folder with " + manifest_name);
  const json content = json::parse(**text, nullptr, false);
  const auto member = [&](const char* name) {
    const auto found = content.is_object() ? content.find(name) : content.end();
    return found != content.end() && found->is_string() ? found->get<std::string>() : "";
  };
  Manifest manifest{member("library"), member("id"), member("version")};
  const fs::path library = fs::path(manifest.library).lexically_normal();
  if (manifest.library.empty() || library.is_absolute() || *library.begin() == "..")
    return problem((folder / manifest_name).string() +
                   " must name its \"library\" by a path inside the folder");
  return manifest;
}

Outcome<void> copy_plain_files(const fs::path& from, const fs::path& to) {
  std::uintmax_t length = 0;
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path target = to / fs::relative(entry.path(), from);
    if (entry.is_symlink() || (!entry.is_regular_file() && !entry.is_directory()))
      return problem(entry.path().string() + " is no plain file; a bundle holds nothing else");
    if (entry.is_directory()) {
      fs::create_directories(target);
      continue;
    }
    length += entry.file_size();
    if (++count > bundle_files_max || length > bundle_length_max_bytes)
      return problem(from.string() + " is larger than any plugin");
    fs::create_directories(target.parent_path());
    fs::copy_file(entry.path(), target);
    fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
  }
  return {};
}

Outcome<Manifest> stage_bundle(const home::Folders& folders, const ToInstall& what,
                               const fs::path& staging) {
  const auto keys = bundle::trusted_keys(folders);
  if (!keys) return tl::make_unexpected(keys.error());
  const auto opened = bundle::open(what.path, staging, {*keys, what.unsigned_allowed});
  if (!opened) return tl::make_unexpected(opened.error());
  return Manifest{opened->manifest.library, opened->manifest.id, opened->manifest.version,
                  opened->signature ? opened->signature->key : std::string()};
}

// Stages PATH; answers the library's path inside the staging folder.
Outcome<Manifest> stage_plain(const fs::path& path, const fs::path& staging) {
  if (fs::is_directory(path)) {
    auto manifest = read_manifest(path);
    if (!manifest) return manifest;
    if (auto copied = copy_plain_files(path, staging); !copied)
      return tl::make_unexpected(copied.error());
    if (!fs::is_regular_file(staging / manifest->library))
      return problem(path.string() + " does not hold " + manifest->library + ", which its " +
                     manifest_name + " names");
    return manifest;
  }
  if (!fs::is_regular_file(path))
    return problem(path.string() + " is neither a library nor a folder with " + manifest_name,
                   ERP_E_NOT_FOUND);
  fs::copy_file(path, staging / path.filename());
  fs::permissions(staging / path.filename(), fs::perms::owner_read | fs::perms::owner_write);
  return Manifest{path.filename().string(), "", ""};
}

// In one step: whoever looks finds the old folder or the new one. The old one is then at `staging`.
Outcome<void> move_to(const fs::path& staging, const fs::path& place) {
  if (auto made = home::make_private_folder(place.parent_path()); !made) return made;
  if (auto synced = home::sync_tree(staging); !synced) return synced;
  return home::exchange(staging, place);
}

// <id>/<version>; but beside it while a library of the same version and other content is written
// down there, since that one must work until the new one is.
fs::path place_of(const home::Folders& folders, const Installed& staged) {
  const fs::path place = fs::path(staged.id) / staged.version;
  const auto there = loader::digest_of(folders.plugins() / place / staged.library);
  if (!fs::exists(folders.plugins() / place) || (there && *there == staged.sha256)) return place;
  return fs::path(staged.id) / (staged.version + "+" + staged.sha256.substr(0, 12));
}

// <id>/<version>
fs::path folder_of(const home::Folders& folders, const Installed& one) {
  const fs::path library = one.library;
  const auto id = library.begin();
  return folders.plugins() / *id / *std::next(id);
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

Staging::Staging(const home::Folders& folders)
    : folder_(folders.staging() / secrets::make_event_id()) {}

Staging::~Staging() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Outcome<Staged> stage(const home::Folders& folders, const ToInstall& what) {
  Staging staging(folders);
  if (auto made = home::make_private_folder(staging.folder()); !made)
    return tl::make_unexpected(made.error());
  const auto manifest = bundle::is_bundle(what.path) ? stage_bundle(folders, what, staging.folder())
                                                     : stage_plain(what.path, staging.folder());
  if (!manifest) return tl::make_unexpected(manifest.error());
  const auto said = loader::inspect(staging.folder() / manifest->library);
  if (!said) return tl::make_unexpected(said.error());
  if ((!manifest->id.empty() && manifest->id != said->id) ||
      (!manifest->version.empty() && manifest->version != said->version))
    return problem("the library says it is " + said->id + " " + said->version + ", its " +
                   manifest_name + " says " + manifest->id + " " + manifest->version);
  const auto digest = loader::digest_of(staging.folder() / manifest->library);
  if (!digest) return tl::make_unexpected(digest.error());
  const auto text = home::read_private_file(staging.folder() / manifest_name);
  if (!text) return tl::make_unexpected(text.error());
  const auto states = state_versions_of(text->value_or("{}"));
  if (!states) return tl::make_unexpected(states.error());
  const bool is_signed = !manifest->signed_by.empty();
  return Staged{std::move(staging),
                {said->id, said->name, said->version, manifest->library, *digest, false, 0,
                 is_signed ? "side-loaded" : "unsigned", manifest->signed_by, *states}};
}

Outcome<Installed> put_in_place(const home::Folders& folders, const Staged& staged,
                                std::int64_t now) {
  Installed installed = staged.plugin;
  const fs::path place = place_of(folders, installed);
  if (auto placed = move_to(staged.staging.folder(), folders.plugins() / place); !placed)
    return tl::make_unexpected(placed.error());
  installed.library = (place / staged.plugin.library).string();
  installed.installed_at = now;
  return installed;
}

Outcome<Installed> install(const home::Folders& folders, Registry& registry, const ToInstall& what,
                           std::int64_t now) {
  const auto staged = stage(folders, what);
  if (!staged) return tl::make_unexpected(staged.error());
  const std::string& id = staged->plugin.id;
  const auto before = registry.find(id);
  if (before && before->enabled)
    return problem(id +
                       " is enabled; `plugins upgrade` replaces it while it works, or run "
                       "`plugins disable " +
                       id + "` first (what waits in it stays)",
                   ERP_E_CONFLICT);
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
