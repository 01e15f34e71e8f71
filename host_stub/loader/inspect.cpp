#include "loader/inspect.hpp"

#include "home/descriptor.hpp"
#include "loader/library.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>

namespace host::loader {
namespace {

using Clock = std::chrono::steady_clock;
using home::Descriptor;
using nlohmann::json;

constexpr const char* word = "--look-at-library"; // not in the help: nobody types it
constexpr const char* this_program = "/proc/self/exe";
constexpr int answer_fd = 3; // the library may print what it likes to 1 and 2
constexpr std::size_t answer_length_max_bytes = 64 * 1024;

struct Pipe {
  Descriptor read_end, write_end;
};

std::optional<Pipe> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// A child in a process group of its own, which is gone, with all that it started, when this is.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (!status_) reap();
  }
  // nullopt: it still ran at the deadline.
  std::optional<int> wait_until(Clock::time_point deadline) {
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

 private:
  // The group first: its number is not given to others before the child is waited for.
  void reap() {
    kill(-pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    status_ = status;
  }

  pid_t pid_;
  std::optional<int> status_; // once it has ended
};

std::optional<pid_t> start(const std::string& library, int write_end) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, write_end, answer_fd);
  posix_spawn_file_actions_addclosefrom_np(&files, answer_fd + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals); // the owner of a home blocks some
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  std::string words[] = {"erp-host", word, library};
  char* argv[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, this_program, &files, &attributes, argv, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) return std::nullopt;
  return pid;
}

// Everything until the other side closes the pipe; nullopt: not before the deadline.
std::optional<std::string> read_until(int fd, Clock::time_point deadline) {
  std::string text;
  while (text.size() <= answer_length_max_bytes) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{fd, POLLIN, 0};
    const int ready = left <= 0 ? 0 : poll(&waiting, 1, static_cast<int>(left));
    if (ready == 0) return std::nullopt;
    char buffer[4096];
    const ssize_t count = ready < 0 ? -1 : read(fd, buffer, sizeof buffer);
    if (count == 0) return text;
    if (count > 0)
      text.append(buffer, static_cast<std::size_t>(count));
    else if (errno != EINTR)
      return text;
  }
  return std::string(); // no answer of ours is that long
}

Outcome<Described> judge(const std::string& file, const std::string& answer, int status) {
  const json said = json::parse(answer, nullptr, false);
  const auto text = [&](const char* name) {
    const auto found = said.is_object() ? said.find(name) : said.end();
    return said.is_object() && found != said.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
  };
  if (const std::string why = text("problem"); !why.empty()) return problem(why, ERP_E_UNSUPPORTED);
  if (WIFSIGNALED(status))
    return problem(file + " crashed when it was looked at (" + strsignal(WTERMSIG(status)) +
                       "); it was not installed",
                   ERP_E_UNSUPPORTED);
  if (text("id").empty() || text("version").empty())
    return problem(file + " ended the process that looked at it; it was not installed",
                   ERP_E_UNSUPPORTED);
  return Described{text("id"), text("name"), text("version")};
}

void write_whole(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t count = write(answer_fd, text.data() + at, text.size() - at);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) at += static_cast<std::size_t>(count);
  }
}

} // namespace

Outcome<Described> inspect(const std::filesystem::path& library) {
  const std::string file = library.string();
  const auto deadline = Clock::now() + inspection_time_max;
  auto pipe = make_pipe();
  const auto pid = pipe ? start(file, pipe->write_end.get()) : std::nullopt;
  if (!pid)
    return problem("cannot start a process to look at " + file + ": " + std::strerror(errno),
                   ERP_E_INTERNAL);
  Child child(*pid);
  pipe->write_end.reset();
  const auto answer = read_until(pipe->read_end.get(), deadline);
  const auto status = answer ? child.wait_until(deadline) : std::nullopt;
  if (!status)
    return problem(file + " did not answer within " + std::to_string(inspection_time_max.count()) +
                       " seconds when it was looked at; it was not installed",
                   ERP_E_TIMEOUT);
  return judge(file, *answer, *status);
}

std::optional<int> inspect_if_asked(int argc, char** argv, const erp_host& host) {
  if (argc != 3 || std::strcmp(argv[1], word) != 0) return std::nullopt;
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core); // a crash is an answer here, and leaves nothing behind
  const auto loaded = load(argv[2], host);
  const json answer =
      loaded ? json{{"id", loaded->id}, {"name", loaded->name}, {"version", loaded->version}}
             : json{{"problem", loaded.error().message}};
  write_whole(answer.dump(-1, ' ', false, json::error_handler_t::replace));
  _exit(0); // what the library wants to do at the end is not of interest
}

} // namespace host::loader
