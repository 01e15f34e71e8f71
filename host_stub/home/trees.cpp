#include "home/trees.hpp"

#include "home/descriptor.hpp"
#include "home/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>

namespace host::home {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Problem> refused(const std::string& what, const fs::path& path,
                                const std::string& why) {
  return problem("cannot " + what + " " + path.string() + ": " + why, ERP_E_STORAGE);
}

Outcome<void> sync(const fs::path& one) {
  const Descriptor opened(::open(one.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!opened || fsync(opened.get()) != 0) return refused("sync", one, std::strerror(errno));
  return {};
}

} // namespace

Outcome<void> sync_tree(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) continue; // its folder holds it
    if (auto synced = sync(entry.path()); !synced) return synced;
  }
  return sync(folder);
}

Outcome<void> copy_tree(const fs::path& from, const fs::path& to) {
  if (auto made = make_private_folder(to); !made) return made;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(from, error)) {
    const fs::path target = to / entry.path().lexically_relative(from);
    if (entry.is_symlink())
      fs::copy_symlink(entry.path(), target, error);
    else if (entry.is_directory())
      fs::create_directory(target, entry.path(), error);
    else if (entry.is_regular_file())
      fs::copy_file(entry.path(), target, error);
    if (error) return refused("copy", entry.path(), error.message());
  }
  if (error) return refused("copy", from, error.message());
  if (auto synced = sync_tree(to); !synced) return synced;
  return sync_folder(to.parent_path());
}

Outcome<void> exchange(const fs::path& fresh, const fs::path& place) {
  const unsigned how = fs::exists(place) ? RENAME_EXCHANGE : RENAME_NOREPLACE;
  if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, place.c_str(), how) != 0)
    return refused("replace", place, std::strerror(errno));
  return sync_folder(place.parent_path());
}

} // namespace host::home
