#include "home/owner_lock.hpp"

#include "home/files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>

namespace host::home {

Outcome<std::optional<OwnerLock>> OwnerLock::try_take(const Folders& folders,
                                                      const std::string& what) {
  Descriptor fd(
      open(folders.owner_lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd)
    return problem("cannot open " + folders.owner_lock().string() + ": " + std::strerror(errno),
                   ERP_E_STORAGE);
  while (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::optional<OwnerLock>();
    if (errno != EINTR)
      return problem("cannot lock " + folders.owner_lock().string() + ": " + std::strerror(errno),
                     ERP_E_STORAGE);
  }
  const std::string text = "process " + std::to_string(getpid()) + " (" + what + ")\n";
  if (ftruncate(fd.get(), 0) != 0 || pwrite(fd.get(), text.data(), text.size(), 0) < 0)
    return problem("cannot write " + folders.owner_lock().string() + ": " + std::strerror(errno),
                   ERP_E_STORAGE);
  return std::optional(OwnerLock(std::move(fd)));
}

std::string holder_of(const Folders& folders) {
  const auto text = read_private_file(folders.owner_lock());
  if (!text || !*text || (*text)->empty()) return "another process";
  return (*text)->substr(0, (*text)->find('\n'));
}

} // namespace host::home
