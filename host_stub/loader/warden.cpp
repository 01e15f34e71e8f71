#include "loader/warden.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace host::loader {
namespace {

constexpr const char* word = "--guarded"; // not in the help: nobody types it
constexpr int words_before = 3;           // program, word, who asked

// The parent of a process; -1 if it has gone. The name of a process may hold anything, so what
// stands behind its last bracket counts.
pid_t parent_of(pid_t process) {
  char path[64], line[1024];
  std::snprintf(path, sizeof path, "/proc/%d/stat", static_cast<int>(process));
  FILE* const file = std::fopen(path, "re");
  if (!file) return -1;
  const std::size_t length = std::fread(line, 1, sizeof line - 1, file);
  std::fclose(file);
  line[length] = '\0';
  const char* const behind = std::strrchr(line, ')');
  int parent = -1;
  char state = 0;
  return behind && std::sscanf(behind + 1, " %c %d", &state, &parent) == 2 ? parent : -1;
}

void kill_children() {
  DIR* const processes = opendir("/proc");
  if (!processes) return;
  while (const dirent* const entry = readdir(processes)) {
    const pid_t process = std::atoi(entry->d_name);
    if (process > 1 && parent_of(process) == getpid()) kill(process, SIGKILL);
  }
  closedir(processes);
}

// What a killed process leaves behind becomes ours too, so this ends when nothing is left.
void end_everything() {
  while (true) {
    kill_children();
    pid_t ended = 0;
    while ((ended = waitpid(-1, nullptr, WNOHANG)) > 0) {
    }
    if (ended < 0 && errno == ECHILD) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

[[noreturn]] void end_as(int status) {
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_UNBLOCK, &only, nullptr);
    raise(number);
  }
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

[[noreturn]] void watch(pid_t child, const sigset_t& signals) {
  int status = 1 << 8; // as of exit(1)
  for (int number = 0; number != SIGTERM;) {
    if (waitpid(child, &status, WNOHANG) == child) break;
    const timespec look_again{0, 50'000'000};
    number = sigtimedwait(&signals, nullptr, &look_again);
  }
  end_everything();
  end_as(status);
}

} // namespace

std::vector<std::string> guarded(std::vector<std::string> words) {
  words.insert(words.begin() + 1, {word, std::to_string(getpid())});
  return words;
}

void guard_if_asked(int& argc, char**& argv) {
  if (argc <= words_before || std::strcmp(argv[1], word) != 0) return;
  const pid_t asked_by = std::atoi(argv[2]);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, &before);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != asked_by) _exit(1); // gone before we could ask to be told
  const pid_t warden = getpid();
  const pid_t child = fork();
  if (child < 0) _exit(1);
  if (child > 0) {
    close_range(0, ~0u, 0); // who waits for the end of a stream waits for the child's, not ours
    watch(child, signals);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != warden) _exit(1);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  argv += words_before - 1;
  argc -= words_before - 1;
}

} // namespace host::loader
