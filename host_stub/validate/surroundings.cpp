#include "validate/surroundings.hpp"

#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

namespace host::validate {
namespace {

namespace fs = std::filesystem;

// What a descriptor points at and how: another file under the same number is another file.
std::map<int, std::string> open_files() {
  std::map<int, std::string> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd", ignored)) {
    const std::string target = fs::read_symlink(entry.path(), ignored).string();
    if (target.find("/proc/") == 0 && target.find("/fd") != std::string::npos) continue; // this one
    const int fd = std::stoi(entry.path().filename().string());
    struct stat info {};
    if (fstat(fd, &info) != 0) continue;
    std::ostringstream text;
    text << target << " (inode " << info.st_dev << ":" << info.st_ino << ", flags " << std::oct
         << fcntl(fd, F_GETFL) << (fcntl(fd, F_GETFD) & FD_CLOEXEC ? ", closed by exec" : "")
         << ")";
    files[fd] = text.str();
  }
  return files;
}

std::string shown(const sigset_t& signals) {
  std::string text;
  for (int number = 1; number < NSIG; ++number)
    if (sigismember(&signals, number) == 1) text += std::to_string(number) + ",";
  return text;
}

std::string signal_actions() {
  std::ostringstream text;
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    if (sigaction(number, nullptr, &action) == 0)
      text << number << ":" << reinterpret_cast<const void*>(action.sa_handler) << ":"
           << action.sa_flags << ":" << shown(action.sa_mask) << " ";
  }
  return text.str();
}

std::string blocked_signals() {
  sigset_t blocked;
  sigemptyset(&blocked);
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return shown(blocked);
}

std::string limits() {
  std::ostringstream text;
  for (int kind = 0; kind < static_cast<int>(RLIMIT_NLIMITS); ++kind) {
    rlimit limit{};
    if (getrlimit(static_cast<__rlimit_resource_t>(kind), &limit) == 0)
      text << limit.rlim_cur << "/" << limit.rlim_max << " ";
  }
  return text.str();
}

std::string timers() {
  std::string text;
  for (const auto kind : {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF}) {
    itimerval timer{};
    const bool runs =
        getitimer(kind, &timer) == 0 && (timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0);
    text += runs ? "runs " : "- ";
  }
  return text;
}

std::string environment() {
  std::string text;
  for (char** one = environ; *one; ++one)
    text += std::string(*one) + "\n";
  return text;
}

} // namespace

std::size_t printed_bytes() {
  std::fflush(nullptr);
  std::cout.flush();
  struct stat info {};
  return fstat(1, &info) == 0 && S_ISREG(info.st_mode) ? static_cast<std::size_t>(info.st_size) : 0;
}

Surroundings surroundings() {
  const mode_t mask = umask(0);
  umask(mask);
  std::error_code ignored;
  std::ostringstream thread_locale;
  thread_locale << reinterpret_cast<const void*>(uselocale(nullptr));
  return {thread_ids(),
          open_files(),
          {{"the actions on signals", signal_actions()},
           {"the signals that are blocked", blocked_signals()},
           {"the environment", environment()},
           {"the current folder", fs::current_path(ignored).string()},
           {"the locale", std::setlocale(LC_ALL, nullptr)},
           {"the locale of the thread", thread_locale.str()},
           {"the umask", std::to_string(mask)},
           {"the limits of the process", limits()},
           {"its timers", timers()},
           {"its priority", std::to_string(getpriority(PRIO_PROCESS, 0))},
           {"how numbers are rounded", std::to_string(std::fegetround())},
           {"what stands on standard output or standard error", std::to_string(printed_bytes())}}};
}

std::vector<std::string> changes(const Surroundings& before, const Surroundings& after) {
  std::vector<std::string> said;
  if (after.threads.size() != before.threads.size())
    said.push_back(std::to_string(after.threads.size()) + " threads instead of " +
                   std::to_string(before.threads.size()));
  for (const auto& [fd, target] : after.files)
    if (before.files.count(fd) == 0) said.push_back("a file left open: " + target);
  for (const auto& [fd, target] : before.files)
    if (after.files.count(fd) == 0)
      said.push_back("a file of the host's closed: " + target);
    else if (after.files.at(fd) != target)
      said.push_back("a file of the host's exchanged: descriptor " + std::to_string(fd) + " was " +
                     target + " and is " + after.files.at(fd));
  for (const auto& [name, value] : after.others)
    if (before.others.at(name) != value) said.push_back(name + " changed");
  return said;
}

std::set<std::string> thread_ids() {
  std::error_code ignored;
  std::set<std::string> ids;
  for (const auto& entry : fs::directory_iterator("/proc/self/task", ignored))
    ids.insert(entry.path().filename().string());
  return ids;
}

std::size_t thread_count() {
  return thread_ids().size();
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
    if (text_in(entry.path()).find(text) != std::string::npos)
      return fs::relative(entry.path(), folder, ignored).string();
  }
  return "";
}

std::string text_in(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : between) + part;
  return text;
}

} // namespace host::validate
