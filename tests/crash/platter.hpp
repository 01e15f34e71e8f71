#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace crash {

// What of some files is safe on the disk, and what only the operating system knows yet; from what
// watched_disk.c wrote down. Strict: only fsync makes content safe, only fsync of the folder makes
// names safe, and of everything else any sectors may be there or not.
class Platter {
 public:
  // Everything in the folder is safe now.
  explicit Platter(std::filesystem::path folder);

  struct Taken {
    long changes = 0, forced = 0; // how many of them forced something to the disk
  };
  // Takes in what was written down, and empties that file.
  Taken take_in(const std::filesystem::path& log);
  // The power fails, and comes back: the files become what might be left of them.
  void cut(std::mt19937_64& engine);
  // How many changes are not safe.
  std::size_t unsafe() const;

 private:
  struct Change {
    std::size_t at = 0;
    std::string bytes;
    bool truncates = false; // to the length `at`
  };
  struct File {
    std::string safe;
    std::vector<Change> unsafe;
  };
  // What a name stood for, since its folder was last made safe; null: for nothing.
  using Name = std::vector<std::shared_ptr<File>>;

  static void apply(std::string& content, const Change& change);
  static std::string torn(const File& file, std::mt19937_64& engine);
  void read_all();
  File& file(const std::string& path);

  std::filesystem::path folder_;
  std::map<std::string, Name> names_; // by path
};

} // namespace crash
