#include "loader/inspect.hpp"

#include "home/descriptor.hpp"
#include "loader/child.hpp"
#include "loader/library.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace host::loader {
namespace {

using Clock = Child::Clock;
using home::Descriptor;
using nlohmann::json;

constexpr const char* word = "--look-at-library"; // not in the help: nobody types it
constexpr int answer_fd = 3;                      // the library may print what it likes to 1 and 2
constexpr std::size_t answer_length_max_bytes = 64 * 1024;

struct Pipe {
  Descriptor read_end, write_end;
};

std::optional<Pipe> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

std::unique_ptr<Child> start(const std::string& library, int write_end) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, write_end, answer_fd);
  posix_spawn_file_actions_addclosefrom_np(&files, answer_fd + 1);
  auto child = Child::start({"erp-host", word, library}, files);
  posix_spawn_file_actions_destroy(&files);
  return child;
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
  const auto child = pipe ? start(file, pipe->write_end.get()) : nullptr;
  if (!child)
    return problem("cannot start a process to look at " + file + ": " + std::strerror(errno),
                   ERP_E_INTERNAL);
  pipe->write_end.reset();
  const auto answer = read_until(pipe->read_end.get(), deadline);
  const auto status = answer ? child->wait_until(deadline) : std::nullopt;
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
