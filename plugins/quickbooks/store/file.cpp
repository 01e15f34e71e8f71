#include "store/file.hpp"

#include "store/database.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <system_error>
#include <unistd.h>

namespace qb::store {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

// Numbers of statfs(2): file systems whose locks and fsync cannot be relied on.
constexpr unsigned long network_file_systems[] = {0x6969 /* NFS */,      0x517B /* SMB */,
                                                  0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */,
                                                  0x5346414F /* AFS */,  0x01021997 /* 9P */};

[[noreturn]] void give_up(const std::string& path, const std::string& what) {
  throw Trouble{path + ": " + what};
}

[[noreturn]] void give_up_with_errno(const std::string& path, int error) {
  throw Trouble{path + ": " + std::generic_category().message(error),
                error == ENOSPC || error == EDQUOT};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// The name of a new file is durable only when its folder is.
void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0) give_up_with_errno(folder, errno);
}

// False: there is something already.
bool create(const std::string& path) {
  const Descriptor made(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, owner_only));
  if (made.number() < 0) {
    if (errno == EEXIST) return false;
    give_up_with_errno(path, errno);
  }
  sync_folder_of(path);
  return true;
}

void check_file_system(const std::string& path, int descriptor) {
  struct statfs about {};
  if (::fstatfs(descriptor, &about) != 0) give_up_with_errno(path, errno);
  for (const unsigned long network : network_file_systems)
    if (static_cast<unsigned long>(about.f_type) == network)
      give_up(path, "lies on a network file system; put it on a disk of this machine");
}

} // namespace

std::optional<FileId> identify(const std::string& path) {
  struct stat about {};
  if (::lstat(path.c_str(), &about) != 0) return std::nullopt;
  return FileId{about.st_dev, about.st_ino};
}

std::string in_real_folder(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  if (error) give_up(path, error.message());
  const auto folder = std::filesystem::canonical(absolute.parent_path(), error);
  if (error) give_up(absolute.parent_path().string(), error.message());
  return (folder / absolute.filename()).string();
}

void make_private_file(const std::string& path) {
  create(path);
  // O_PATH opens nothing: see the header.
  const Descriptor found(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (found.number() < 0) give_up_with_errno(path, errno);
  struct stat about {};
  if (::fstat(found.number(), &about) != 0) give_up_with_errno(path, errno);
  if (S_ISLNK(about.st_mode)) give_up(path, "is a symbolic link");
  if (!S_ISREG(about.st_mode)) give_up(path, "is no regular file");
  check_file_system(path, found.number());
  if ((about.st_mode & 0777) == owner_only) return; // not so after an odd umask, or of old
  const std::string by_number = "/proc/self/fd/" + std::to_string(found.number());
  if (::chmod(by_number.c_str(), owner_only) != 0) give_up_with_errno(path, errno);
}

} // namespace qb::store
