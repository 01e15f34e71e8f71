#include "validate/surroundings.hpp"

#include <clocale>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace host::validate {
namespace {

namespace fs = std::filesystem;

std::map<int, std::string> open_files() {
  std::map<int, std::string> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd", ignored)) {
    const std::string target = fs::read_symlink(entry.path(), ignored).string();
    if (target.find("/proc/") == 0 && target.find("/fd") != std::string::npos) continue; // this one
    files[std::stoi(entry.path().filename().string())] = target;
  }
  return files;
}

std::string signal_actions() {
  std::ostringstream text;
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    if (sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_DFL)
      text << number << ":" << reinterpret_cast<const void*>(action.sa_handler) << " ";
  }
  return text.str();
}

std::string environment() {
  std::string text;
  for (char** one = environ; *one; ++one)
    text += std::string(*one) + "\n";
  return text;
}

std::string size_of_output() {
  struct stat info {};
  return fstat(1, &info) == 0 && S_ISREG(info.st_mode) ? std::to_string(info.st_size) : "";
}

} // namespace

Surroundings surroundings() {
  const mode_t mask = umask(0);
  umask(mask);
  std::error_code ignored;
  return {thread_count(),
          open_files(),
          {{"the actions on signals", signal_actions()},
           {"the environment", environment()},
           {"the current folder", fs::current_path(ignored).string()},
           {"the locale", std::setlocale(LC_ALL, nullptr)},
           {"the umask", std::to_string(mask)},
           {"what stands on standard output", size_of_output()}}};
}

std::vector<std::string> changes(const Surroundings& before, const Surroundings& after) {
  std::vector<std::string> said;
  if (after.threads != before.threads)
    said.push_back(std::to_string(after.threads) + " threads instead of " +
                   std::to_string(before.threads));
  for (const auto& [fd, target] : after.files)
    if (before.files.count(fd) == 0) said.push_back("a file left open: " + target);
  for (const auto& [fd, target] : before.files)
    if (after.files.count(fd) == 0) said.push_back("a file of the host's closed: " + target);
  for (const auto& [name, value] : after.others)
    if (before.others.at(name) != value) said.push_back(name + " changed");
  return said;
}

std::size_t thread_count() {
  std::error_code ignored;
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/task", ignored)) {
    static_cast<void>(entry);
    ++count;
  }
  return count;
}

std::size_t open_file_count() {
  return open_files().size();
}

std::set<std::string> files_below(const fs::path& folder) {
  std::set<std::string> files;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
    files.insert(fs::relative(entry.path(), folder, ignored).string());
  return files;
}

std::string file_with(const fs::path& folder, const std::string& text) {
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
    if (!entry.is_regular_file(ignored)) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (content.str().find(text) != std::string::npos)
      return fs::relative(entry.path(), folder, ignored).string();
  }
  return "";
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : between) + part;
  return text;
}

} // namespace host::validate
