#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace host::validate {

// What a process is made of, as far as a plugin could change it behind its host's back.
struct Surroundings {
  std::size_t threads = 0;
  std::map<int, std::string> files;          // descriptor to what it is: "socket:[123]", "/tmp/x"
  std::map<std::string, std::string> others; // name to value: umask, locale, folder, ...
};
Surroundings surroundings();

// In words, what `after` has and `before` has not; empty: nothing.
std::vector<std::string> changes(const Surroundings& before, const Surroundings& after);

std::size_t thread_count();
std::size_t open_file_count();
// Paths below `folder`, relative to it.
std::set<std::string> files_below(const std::filesystem::path& folder);
// The first file below `folder` that holds `text`; empty: none does.
std::string file_with(const std::filesystem::path& folder, const std::string& text);
std::string joined(const std::vector<std::string>& parts, const char* between = ", ");

} // namespace host::validate
