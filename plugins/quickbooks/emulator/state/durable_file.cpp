#include "state/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace emulator::state {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

} // namespace

std::optional<std::string> file_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void replace_file(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path draft = file.string() + ".new";
  const int out = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0) fail(draft);
  while (!content.empty()) {
    const ssize_t written = ::write(out, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      ::close(out);
      fail(draft);
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool synced = ::fsync(out) == 0;
  ::close(out);
  if (!synced || ::rename(draft.c_str(), file.c_str()) != 0) fail(file);
}

FolderLock::FolderLock(const std::filesystem::path& folder)
    : file_(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (file_ < 0) fail(folder / "lock");
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw std::runtime_error("another qbo-emulator uses " + folder.string());
  }
}

FolderLock::~FolderLock() {
  ::close(file_);
}

} // namespace emulator::state
