#include "marketplace/source.hpp"

#include "home/descriptor.hpp"
#include "marketplace/download.hpp"
#include "marketplace/limits.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

namespace host::marketplace {
namespace {

namespace fs = std::filesystem;

Outcome<std::string> read_file(const fs::path& file, std::uint64_t length_max_bytes) {
  const home::Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat what {};
  if (!fd || fstat(fd.get(), &what) != 0)
    return problem("cannot read " + file.string() + ": " + std::strerror(errno),
                   errno == ENOENT ? ERP_E_NOT_FOUND : ERP_E_STORAGE);
  if (!S_ISREG(what.st_mode)) return problem(file.string() + " is no plain file");
  std::string content;
  char buffer[65536];
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return problem("cannot read " + file.string() + ": " + std::strerror(errno), ERP_E_STORAGE);
    if (count == 0) return content;
    content.append(buffer, static_cast<std::size_t>(count));
    if (content.size() > length_max_bytes)
      return problem(file.string() + " is larger than the " + std::to_string(length_max_bytes) +
                     " bytes it may have");
  }
}

} // namespace

Outcome<Source> Source::at(const std::string& location, const std::string& ca_file) {
  if (location.size() > location_length_max_bytes) return problem("the address is too long");
  if (location.find("://") != std::string::npos) {
    auto address = checked_address(location);
    if (!address) return tl::make_unexpected(address.error());
    return Source(std::move(*address), ca_file, false);
  }
  std::error_code error;
  if (!fs::is_directory(location, error))
    return problem(location + " is neither a folder nor an address that begins with https://",
                   ERP_E_NOT_FOUND);
  return Source(fs::absolute(location).lexically_normal().string(), ca_file, true);
}

Source Source::as_kept(const std::string& location, const std::string& ca_file) {
  return Source(location, ca_file, location.find("://") == std::string::npos);
}

Outcome<std::string> Source::read(const std::string& name, std::uint64_t length_max_bytes,
                                  const terminal::Cancel& cancel) const {
  if (is_folder_) return read_file(fs::path(location_) / name, length_max_bytes);
  return download(location_ + "/" + name, ca_file_, length_max_bytes, cancel);
}

} // namespace host::marketplace
