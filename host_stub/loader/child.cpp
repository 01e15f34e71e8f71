#include "loader/child.hpp"

#include "loader/warden.hpp"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace host::loader {
namespace {

constexpr const char* this_program = "/proc/self/exe";
constexpr std::chrono::seconds warden_time_max{5}; // to end what the child has started

} // namespace

std::unique_ptr<Child> Child::start(std::vector<std::string> words,
                                    const posix_spawn_file_actions_t& files) {
  words = guarded(std::move(words));
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

void Child::reap() {
  int status = 0;
  const auto ended = [&](int how) {
    pid_t waited = 0;
    while ((waited = waitpid(pid_, &status, how)) < 0 && errno == EINTR) {
    }
    return waited == pid_;
  };
  kill(pid_, SIGTERM); // the warden ends everything that the child started, then itself
  const auto deadline = Clock::now() + warden_time_max;
  bool gone = ended(WNOHANG);
  while (!gone && Clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    gone = ended(WNOHANG);
  }
  if (!gone) {
    kill(-pid_, SIGKILL);
    ended(0);
  }
  status_ = status;
}

} // namespace host::loader
