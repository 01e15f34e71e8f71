#include "home/files.hpp"

#include "home/descriptor.hpp"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace host::home {
namespace {

tl::unexpected<Problem> refused(const std::string& what, const std::filesystem::path& path) {
  return problem("cannot " + what + " " + path.string() + ": " + std::strerror(errno),
                 ERP_E_STORAGE);
}

Outcome<void> write_whole(int fd, std::string_view content, const std::filesystem::path& file) {
  while (!content.empty()) {
    const ssize_t count = ::write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refused("write", file);
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  if (fsync(fd) != 0) return refused("sync", file);
  return {};
}

constexpr const char* unfinished = ".new.";

std::filesystem::path beside(const std::filesystem::path& file) {
  static std::atomic<unsigned> count{0};
  return file.string() + unfinished + std::to_string(getpid()) + "." + std::to_string(++count);
}

} // namespace

Outcome<void> make_private_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return problem("cannot make " + folder.string() + ": " + error.message(), ERP_E_STORAGE);
  if (chmod(folder.c_str(), 0700) != 0) return refused("protect", folder);
  return {};
}

Outcome<std::optional<std::string>> read_private_file(const std::filesystem::path& file) {
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!fd && errno == ENOENT) return std::optional<std::string>();
  if (!fd) return refused("read", file);
  struct stat what {};
  if (fstat(fd.get(), &what) != 0) return refused("read", file);
  if (!S_ISREG(what.st_mode)) return problem(file.string() + " is no plain file", ERP_E_STORAGE);
  std::string content;
  char buffer[65536];
  while (true) {
    const ssize_t count = read(fd.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refused("read", file);
    if (count == 0) return std::optional(content);
    content.append(buffer, static_cast<std::size_t>(count));
    if (content.size() > small_file_length_max_bytes)
      return problem(file.string() + " is too long", ERP_E_STORAGE);
  }
}

Outcome<void> replace_file(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path fresh = beside(file);
  {
    const Descriptor fd(
        open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd) return refused("write", fresh);
    if (auto written = write_whole(fd.get(), content, fresh); !written) {
      unlink(fresh.c_str());
      return written;
    }
  }
  if (rename(fresh.c_str(), file.c_str()) != 0) {
    unlink(fresh.c_str());
    return refused("replace", file);
  }
  return sync_folder(file.parent_path());
}

Outcome<void> create_file(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path fresh = beside(file);
  if (auto written = replace_file(fresh, content); !written) return written;
  const bool made = link(fresh.c_str(), file.c_str()) == 0; // unlike rename, never replaces
  const int why = errno;
  unlink(fresh.c_str());
  errno = why;
  if (!made && why == EEXIST) return problem(file.string() + " is there already", ERP_E_CONFLICT);
  if (!made) return refused("make", file);
  return sync_folder(file.parent_path());
}

void remove_unfinished(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const std::size_t at = name.find(unfinished);
    if (at != std::string::npos && at != 0 && entry.is_regular_file(ignored) &&
        name.find_first_not_of("0123456789.new", at + std::strlen(unfinished)) == std::string::npos)
      std::filesystem::remove(entry.path(), ignored);
  }
}

Outcome<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || fsync(fd.get()) != 0) return refused("sync", folder);
  return {};
}

} // namespace host::home
