#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace host::validate {

// What a process is made of, as far as a plugin could change it behind its host's back.
struct Surroundings {
  std::set<std::string> threads;             // their ids
  std::map<int, std::string> files;          // descriptor to what it points at, and how
  std::map<std::string, std::string> others; // name to value: umask, locale, folder, ...
};
Surroundings surroundings();

// In words, what `after` has and `before` has not; empty: nothing.
std::vector<std::string> changes(const Surroundings& before, const Surroundings& after);

std::set<std::string> thread_ids();
std::size_t thread_count();
// What was printed so far by this process, whose output is a file; what still lies in a buffer goes
// out first. 0 if the output is no file.
std::size_t printed_bytes();
std::size_t open_file_count();
// Paths below `folder`, relative to it.
std::set<std::string> files_below(const std::filesystem::path& folder);
// The first file below `folder` that holds `text`; empty: none does.
std::string file_with(const std::filesystem::path& folder, const std::string& text);
std::string text_in(const std::filesystem::path& file); // empty: it cannot be read
std::string joined(const std::vector<std::string>& parts, const char* between = ", ");

} // namespace host::validate
