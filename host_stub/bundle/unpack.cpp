#include "bundle/unpack.hpp"

#include "home/descriptor.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <memory>

namespace host::bundle {
namespace {

namespace fs = std::filesystem;
using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

std::string lower(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = path.find('/', begin);
    parts.push_back(path.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

// Printable for a message, whatever the archive holds.
std::string shown(const std::string& path) {
  std::string text;
  for (const char letter : path.substr(0, 200))
    text += letter >= ' ' && letter <= '~' ? letter : '?';
  return "\"" + text + "\"";
}

// Which names are taken, whatever their capitals; a folder may be named again, a file may not.
class Names {
 public:
  explicit Names(const Limits& limits) : limits_(limits) {}

  Outcome<void> take(const std::string& path) {
    const auto refuse = [&](const std::string& why) {
      return problem("it holds a file named " + shown(path) + ", " + why);
    };
    const auto parts = parts_of(path);
    if (path.size() > limits_.path_length_max || parts.size() > limits_.depth_max)
      return refuse("which is longer or deeper than any file of a plugin");
    for (const std::string& part : parts)
      if (part.empty() || part == "." || part == "..")
        return refuse("which would lie outside the plugin's folder");
      else if (part.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789._+-@") != std::string::npos)
        return refuse("which is not made of letters, digits and . _ + - @");
    if (parts.size() < 2) return refuse("which lies in no folder; a bundle has one at the top");
    std::string so_far;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      so_far += (i ? "/" : "") + parts[i];
      const bool is_file = i + 1 == parts.size();
      const auto [there, fresh] = taken_.emplace(lower(so_far), Taken{so_far, is_file});
      if (fresh) continue;
      if (there->second.path != so_far)
        return refuse("which differs from " + shown(there->second.path) + " by capitals alone");
      if (is_file || there->second.is_file) return refuse("a name that is there already");
    }
    return {};
  }

 private:
  struct Taken {
    std::string path;
    bool is_file;
  };
  const Limits& limits_;
  std::map<std::string, Taken> taken_;
};

class Unpacking {
 public:
  Unpacking(std::string_view packed, const fs::path& folder, const Limits& limits)
      : packed_(packed), folder_(folder), limits_(limits), names_(limits) {}

  Outcome<Unpacked> run() {
    if (!archive_ || archive_read_support_format_tar(archive_.get()) != ARCHIVE_OK ||
        archive_read_support_filter_gzip(archive_.get()) != ARCHIVE_OK ||
        archive_read_open_memory(archive_.get(), packed_.data(), packed_.size()) != ARCHIVE_OK)
      return unreadable();
    archive_entry* entry = nullptr;
    int read = ARCHIVE_OK;
    while ((read = archive_read_next_header(archive_.get(), &entry)) == ARCHIVE_OK)
      if (auto taken = take(entry); !taken) return tl::make_unexpected(taken.error());
    if (read != ARCHIVE_EOF) return unreadable();
    if (result_.files.empty()) return problem("it is empty");
    return result_;
  }

 private:
  tl::unexpected<Problem> unreadable() const {
    const char* const words = archive_ ? archive_error_string(archive_.get()) : nullptr;
    return problem("it is no whole .tar.gz" + (words ? std::string(" (") + words + ")" : "") +
                   "; get it again");
  }

  Outcome<void> take(archive_entry* entry) {
    const char* const name = archive_entry_pathname(entry);
    const std::string path = name ? name : "";
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry))
      return problem("it holds a link, " + shown(path) + "; a bundle holds plain files only");
    if (archive_entry_filetype(entry) != AE_IFREG)
      return problem("it holds " + shown(path) +
                     ", which is no plain file; a bundle holds nothing "
                     "else (packaging/bundle makes one)");
    if (auto taken = names_.take(path); !taken) return taken;
    if (result_.files.size() >= limits_.files_max)
      return problem("it holds more than " + std::to_string(limits_.files_max) + " files");
    const auto slash = path.find('/');
    const std::string top = path.substr(0, slash), inside = path.substr(slash + 1);
    if (!result_.top.empty() && result_.top != top)
      return problem("it has two folders at the top, " + shown(result_.top) + " and " + shown(top));
    result_.top = top;
    result_.files.push_back(inside);
    return write(inside);
  }

  Outcome<void> write(const std::string& inside) {
    const fs::path target = folder_ / inside;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    const home::Descriptor file(
        error ? -1
              : open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file)
      return problem("cannot make " + target.string() + ": " +
                         (error ? error.message() : std::strerror(errno)),
                     ERP_E_STORAGE);
    char buffer[64 * 1024];
    while (true) {
      const la_ssize_t count = archive_read_data(archive_.get(), buffer, sizeof buffer);
      if (count == 0) return {};
      if (count < 0) return unreadable();
      if (auto counted = count_bytes(static_cast<std::uint64_t>(count)); !counted) return counted;
      for (la_ssize_t at = 0; at < count;) {
        const ssize_t written =
            ::write(file.get(), buffer + at, static_cast<std::size_t>(count - at));
        if (written < 0 && errno != EINTR)
          return problem("cannot write " + target.string() + ": " + std::strerror(errno),
                         ERP_E_STORAGE);
        if (written > 0) at += written;
      }
    }
  }

  Outcome<void> count_bytes(std::uint64_t count) {
    unpacked_ += count;
    if (unpacked_ > limits_.unpacked_max_bytes)
      return problem("it is larger than any plugin: more than " +
                     std::to_string(limits_.unpacked_max_bytes / (1024 * 1024)) + " MiB unpacked");
    if (unpacked_ > limits_.ratio_free_bytes && unpacked_ / limits_.ratio_max > packed_.size())
      return problem("it unpacks to more than " + std::to_string(limits_.ratio_max) +
                     " times its size, as no plugin does");
    return {};
  }

  std::string_view packed_;
  const fs::path& folder_;
  const Limits& limits_;
  Names names_;
  Archive archive_{archive_read_new(), &archive_read_free};
  std::uint64_t unpacked_ = 0;
  Unpacked result_;
};

} // namespace

Outcome<Unpacked> unpack(std::string_view archive, const fs::path& folder, const Limits& limits) {
  return Unpacking(archive, folder, limits).run();
}

} // namespace host::bundle
