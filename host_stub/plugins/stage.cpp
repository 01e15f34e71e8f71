#include "plugins/stage.hpp"

#include "bundle/keys.hpp"
#include "bundle/version_order.hpp"
#include "home/files.hpp"
#include "loader/library.hpp"
#include "plugins/integrity.hpp"
#include "preflight/preflight.hpp"
#include "secrets/seal.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::plugins {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* manifest_name = "plugin.json";
constexpr std::uintmax_t bundle_length_max_bytes = 512ull * 1024 * 1024;
constexpr std::size_t bundle_files_max = 10'000;

// What is known before anything of it has run.
struct Copied {
  std::string library;               // relative
  std::string id = {}, version = {}; // empty: only the library knows
  std::string signature = "unsigned", signed_by = {};
  std::optional<bundle::Permissions> permissions = {}; // nothing: it has no manifest
  std::optional<std::vector<std::string>> interfaces = {};
};

Outcome<json> read_manifest(const fs::path& folder) {
  const auto text = home::read_private_file(folder / manifest_name);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text)
    return problem(folder.string() + " has no " + manifest_name +
                   "; give a library, or a folder with " + manifest_name);
  json content = json::parse(**text, nullptr, false);
  if (!content.is_object())
    return problem((folder / manifest_name).string() + " is no JSON object");
  return content;
}

Outcome<Copied> parse_folder_manifest(const fs::path& folder) {
  const auto content = read_manifest(folder);
  if (!content) return tl::make_unexpected(content.error());
  const auto member = [&](const char* name) {
    const auto found = content->find(name);
    return found != content->end() && found->is_string() ? found->get<std::string>() : "";
  };
  Copied copied{member("library"), member("id"), member("version")};
  const fs::path library = fs::path(copied.library).lexically_normal();
  if (copied.library.empty() || library.is_absolute() || *library.begin() == "..")
    return problem((folder / manifest_name).string() +
                   " must name its \"library\" by a path inside the folder");
  const auto asked = content->find("permissions");
  auto permissions = bundle::parse_permissions(
      asked == content->end() ? "{}" : asked->dump(-1, ' ', true, json::error_handler_t::replace));
  if (!permissions)
    return problem((folder / manifest_name).string() + ": " + permissions.error().message);
  copied.permissions = std::move(*permissions);
  return copied;
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

Outcome<Copied> copy_bundle(const home::Folders& folders, const ToInstall& what,
                            const fs::path& staging) {
  const auto keys = what.voucher ? Outcome<std::vector<bundle::PublicKey>>(what.voucher->keys)
                                 : bundle::trusted_keys(folders);
  if (!keys) return tl::make_unexpected(keys.error());
  bundle::Terms terms{*keys, what.unsigned_allowed};
  if (what.voucher) terms.promised = what.voucher->promised;
  const auto opened = bundle::open(what.path, staging, terms);
  if (!opened) return tl::make_unexpected(opened.error());
  const bundle::Manifest& manifest = opened->manifest;
  const char* const signature = !opened->signature ? "unsigned"
                                : what.voucher     ? "verified"
                                                   : "side-loaded";
  return Copied{manifest.library,
                manifest.id,
                manifest.version,
                signature,
                opened->signature ? opened->signature->key.fingerprint : std::string(),
                manifest.permissions,
                manifest.interfaces};
}

Outcome<Copied> copy_plain(const fs::path& path, const fs::path& staging) {
  if (fs::is_directory(path)) {
    if (auto copied = copy_plain_files(path, staging); !copied)
      return tl::make_unexpected(copied.error());
    auto manifest = parse_folder_manifest(staging);
    if (manifest && !fs::is_regular_file(staging / manifest->library))
      return problem(path.string() + " does not hold " + terminal::shown(manifest->library) +
                     ", which its " + manifest_name + " names");
    return manifest;
  }
  if (!fs::is_regular_file(path))
    return problem(path.string() + " is neither a library nor a folder with " + manifest_name,
                   ERP_E_NOT_FOUND);
  fs::copy_file(path, staging / path.filename());
  fs::permissions(staging / path.filename(), fs::perms::owner_read | fs::perms::owner_write);
  return Copied{path.filename().string()};
}

// Against what is there: never back without a word, never into other hands without a word.
Outcome<void> check_follows(Registry& registry, const std::string& id, const std::string& version,
                            const Copied& copied, const ToInstall& what) {
  if (const auto why = registry.revoked_because(id, version))
    return problem(id + " " + version + " was withdrawn by the marketplace and is not installed: " +
                       terminal::shown(*why),
                   ERP_E_DENIED);
  const auto before = registry.find(id);
  if (!before) return {};
  if (before->enabled && !what.enabled_allowed)
    return problem(id +
                       " is enabled; `plugins upgrade` replaces it while it works, or run "
                       "`plugins disable " +
                       id + "` first (what waits in it stays)",
                   ERP_E_CONFLICT);
  if (!what.downgrade_allowed && bundle::compare_versions(version, before->version) < 0)
    return problem(id + " " + version + " is older than the " + before->version +
                       " that is installed, and may not read what that one wrote. To go back all "
                       "the same: --downgrade",
                   ERP_E_CONFLICT);
  if (!what.other_key_allowed && !before->signed_by.empty() &&
      before->signed_by != copied.signed_by)
    return problem("the " + id + " that is installed was signed with the key " +
                       before->signed_by.substr(0, 16) + "..., this one " +
                       (copied.signed_by.empty()
                            ? "is not signed"
                            : "with " + copied.signed_by.substr(0, 16) + "...") +
                       ". Whoever made it may be somebody else; ask the publisher. If that is "
                       "meant: --other-key",
                   ERP_E_DENIED);
  return {};
}

std::vector<std::string> without(const std::vector<std::string>& all,
                                 const std::vector<std::string>& some) {
  std::vector<std::string> rest;
  std::copy_if(all.begin(), all.end(), std::back_inserter(rest), [&](const std::string& one) {
    return std::count(some.begin(), some.end(), one) == 0;
  });
  return rest;
}

Outcome<void> ask(Registry& registry, const Copied& copied, const ToInstall& what) {
  if (!what.consent || !copied.permissions) return {};
  const auto before = registry.find(copied.id);
  const bundle::Permissions granted =
      before && before->permissions ? *before->permissions : bundle::Permissions();
  const Asked asked{copied.id,
                    copied.version,
                    before.has_value(),
                    {without(copied.permissions->services, granted.services),
                     without(copied.permissions->network, granted.network)}};
  if (asked.permissions.services.empty() && asked.permissions.network.empty()) return {};
  return what.consent(asked);
}

Outcome<void> check_said(const preflight::Described& said, const Copied& copied) {
  if ((!copied.id.empty() && copied.id != said.id) ||
      (!copied.version.empty() && copied.version != said.version))
    return problem("the library says it is " + said.id + " " + said.version + ", its " +
                   manifest_name + " says " + terminal::shown(copied.id) + " " +
                   terminal::shown(copied.version));
  if (!copied.interfaces || *copied.interfaces == said.interfaces) return {};
  const auto first_of = [](const std::vector<std::string>& words) { return words.front(); };
  const auto unkept = without(*copied.interfaces, said.interfaces);
  const auto unsaid = without(said.interfaces, *copied.interfaces);
  return problem(unkept.empty() ? "the library offers " + first_of(unsaid) + ", which its " +
                                      manifest_name + " does not say"
                                : std::string("its ") + manifest_name + " promises " +
                                      first_of(unkept) + ", which the library does not offer");
}

// In a process of its own; what runs there must leave the staged files as they are.
Outcome<preflight::Described> look(const fs::path& staging, const fs::path& scratch,
                                   const Copied& copied, const std::string& content_sha256) {
  preflight::Flight flight{staging / copied.library, scratch, std::nullopt,
                           copied.interfaces.value_or(std::vector<std::string>())};
  if (copied.permissions) flight.services = copied.permissions->services;
  auto said = preflight::fly(flight);
  if (!said) return said;
  const auto now = content_digest(staging);
  if (!now || *now != content_sha256)
    return problem(flight.library.string() +
                       " changed its own files when it was looked at; it was not installed",
                   ERP_E_DENIED);
  return said;
}

} // namespace

Outcome<StagingFolder> StagingFolder::make(const home::Folders& folders) {
  StagingFolder made(folders.staging() / secrets::make_event_id());
  if (auto folder = home::make_private_folder(made.path_); !folder)
    return tl::make_unexpected(folder.error());
  return made;
}

StagingFolder::~StagingFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Outcome<Staged> stage(const home::Folders& folders, Registry& registry, const ToInstall& what) {
  auto folder = StagingFolder::make(folders);
  const auto scratch = StagingFolder::make(folders);
  if (!folder || !scratch) return tl::make_unexpected(folder ? scratch.error() : folder.error());
  const fs::path& place = folder->path();
  const auto copied = bundle::is_bundle(what.path) ? copy_bundle(folders, what, place)
                                                   : copy_plain(what.path, place);
  if (!copied) return tl::make_unexpected(copied.error());
  const auto follows = [&](const std::string& id, const std::string& version) {
    return check_follows(registry, id, version, *copied, what);
  };
  if (!copied->id.empty() && !copied->version.empty())
    if (auto good = follows(copied->id, copied->version); !good)
      return tl::make_unexpected(good.error());
  if (auto asked = ask(registry, *copied, what); !asked) return tl::make_unexpected(asked.error());
  auto library = loader::digest_of(place / copied->library);
  if (!library) return tl::make_unexpected(library.error());
  auto content = content_digest(place);
  if (!content) return tl::make_unexpected(content.error());
  auto said = look(place, scratch->path(), *copied, *content);
  if (!said) return tl::make_unexpected(said.error());
  if (auto good = check_said(*said, *copied); !good) return tl::make_unexpected(good.error());
  if (auto good = follows(said->id, said->version); !good) return tl::make_unexpected(good.error());
  const auto text = home::read_private_file(place / manifest_name);
  if (!text) return tl::make_unexpected(text.error());
  const auto states = state_versions_of(text->value_or("{}"));
  if (!states) return tl::make_unexpected(states.error());
  const Installed plugin{said->id,
                         said->name,
                         said->version,
                         copied->library,
                         *library,
                         false,
                         0,
                         copied->signature,
                         copied->signed_by,
                         *states,
                         *content,
                         copied->permissions};
  return Staged{std::move(*folder), plugin};
}

} // namespace host::plugins
