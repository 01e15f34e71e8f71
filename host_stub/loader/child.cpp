#include "loader/child.hpp"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace host::loader {
namespace {

constexpr const char* this_program = "/proc/self/exe";

} // namespace

std::unique_ptr<Child> Child::start(std::vector<std::string> words,
                                    const posix_spawn_file_actions_t& files) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals); // the owner of a home blocks some
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& one : words)
    argv.push_back(one.data());
  argv.push_back(nullptr);
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, this_program, &files, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  return std::unique_ptr<Child>(failed == 0 ? new Child(pid) : nullptr);
}

Child::~Child() {
  if (!status_) reap();
}

std::optional<int> Child::wait_until(Clock::time_point deadline) {
  while (!status_) {
    siginfo_t ended{};
    if (waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == pid_)
      reap();
    else if (Clock::now() >= deadline)
      break;
    else
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return status_;
}

// The group first: its number is not given to others before the child is waited for.
void Child::reap() {
  kill(-pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  status_ = status;
}

} // namespace host::loader
