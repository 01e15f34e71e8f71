#include "process/process.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace process {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
};

std::vector<std::string> environment_with(const std::map<std::string, std::string>& extra) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    if (!extra.count(text.substr(0, text.find('=')))) result.push_back(text);
  }
  for (const auto& [name, value] : extra)
    result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words)
    result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

int left_until(Clock::time_point end) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
  return static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, left.count()));
}

} // namespace

Running::Running(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                 const Options& options) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = environment_with(options.extra);
  const std::vector<char*> argv = pointers_to(words);
  const std::vector<char*> envp = pointers_to(environment);
  const std::string folder = options.folder.string();
  signal(SIGPIPE, SIG_IGN); // a program that does not read its input must not end the test
  const Pipe in, out, err, broken;
  pid_ = fork();
  if (pid_ < 0) fail("fork");
  if (pid_ == 0) { // only async-signal-safe calls from here
    signal(SIGPIPE, SIG_DFL);
    dup2(in.read_end, 0);
    dup2(out.write_end, 1);
    dup2(err.write_end, 2);
    if (folder.empty() || chdir(folder.c_str()) == 0) execvpe(argv[0], argv.data(), envp.data());
    const int why = errno;
    (void)!::write(broken.write_end, &why, sizeof why);
    _exit(127);
  }
  for (const int fd : {in.read_end, out.write_end, err.write_end, broken.write_end})
    close(fd);
  input_ = in.write_end;
  out_.fd = out.read_end;
  err_.fd = err.read_end;
  int why = 0;
  const bool started = read(broken.read_end, &why, sizeof why) == 0;
  close(broken.read_end);
  if (!started) {
    reap(true);
    for (const int fd : {input_, out_.fd, err_.fd})
      close(fd);
    errno = why;
    fail("cannot start " + program.string());
  }
  fcntl(out_.fd, F_SETFL, O_NONBLOCK);
  fcntl(err_.fd, F_SETFL, O_NONBLOCK);
}

Running::~Running() {
  if (!reap(false)) {
    kill(pid_, SIGKILL);
    reap(true);
  }
  for (const int fd : {input_, out_.fd, err_.fd})
    if (fd >= 0) close(fd);
}

bool Running::reap(bool block) {
  if (status_) return true;
  int status = 0;
  const pid_t ended = waitpid(pid_, &status, block ? 0 : WNOHANG);
  if (ended == pid_) status_ = status;
  return status_.has_value();
}

bool Running::has_ended() {
  return reap(false);
}

void Running::send(int signal) {
  if (!status_) kill(pid_, signal);
}

bool Running::collect(std::chrono::milliseconds wait) {
  pollfd polled[2] = {{out_.fd, POLLIN, 0}, {err_.fd, POLLIN, 0}};
  if (out_.fd < 0 && err_.fd < 0) return false;
  if (poll(polled, 2, static_cast<int>(wait.count())) <= 0) return true;
  Stream* const streams[2] = {&out_, &err_};
  for (int i = 0; i < 2; ++i) {
    if (!(polled[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
    char buffer[65536];
    const ssize_t count = read(streams[i]->fd, buffer, sizeof buffer);
    if (count > 0)
      streams[i]->text.append(buffer, static_cast<std::size_t>(count));
    else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
      close(streams[i]->fd);
      streams[i]->fd = -1;
    }
  }
  return out_.fd >= 0 || err_.fd >= 0;
}

void Running::write(std::string_view text) {
  auto end = Clock::now() + patience; // for the next byte, however many there are
  fcntl(input_, F_SETFL, O_NONBLOCK);
  while (!text.empty()) {
    const ssize_t count = ::write(input_, text.data(), text.size());
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
      end = Clock::now() + patience;
    } else if (errno == EAGAIN && Clock::now() >= end) {
      throw std::runtime_error("a program takes no more of its input");
    } else if (errno == EAGAIN) {
      collect(std::chrono::milliseconds(5)); // it may be waiting for us to read
      pollfd polled{input_, POLLOUT, 0};
      poll(&polled, 1, 5);
    } else if (errno != EINTR) {
      return; // it reads no more
    }
  }
}

void Running::close_input() {
  if (input_ >= 0) close(input_);
  input_ = -1;
}

std::optional<std::string> Running::line_of(Stream& stream, std::chrono::milliseconds wait) {
  const auto end = Clock::now() + wait;
  while (true) {
    const std::size_t newline = stream.text.find('\n', stream.taken);
    if (newline != std::string::npos) {
      std::string line = stream.text.substr(stream.taken, newline - stream.taken);
      stream.taken = newline + 1;
      return line;
    }
    const int left = left_until(end);
    if (left == 0 || stream.fd < 0) return std::nullopt;
    collect(std::chrono::milliseconds(std::min(left, 100)));
  }
}

std::optional<std::string> Running::next_line(std::chrono::milliseconds wait) {
  return line_of(out_, wait);
}
std::optional<std::string> Running::next_error_line(std::chrono::milliseconds wait) {
  return line_of(err_, wait);
}

Result Running::wait(std::chrono::milliseconds wait) {
  const auto end = Clock::now() + wait;
  Result result;
  close_input();
  while (!reap(false)) {
    if (Clock::now() >= end) {
      result.timed_out = true;
      kill(pid_, SIGKILL);
      reap(true);
      break;
    }
    if (!collect(std::chrono::milliseconds(5)))
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  // What it wrote last; a grandchild that kept the pipe open must not hold us.
  const auto drained = Clock::now() + std::chrono::seconds(1);
  while ((out_.fd >= 0 || err_.fd >= 0) && Clock::now() < drained)
    collect(std::chrono::milliseconds(10));
  if (WIFEXITED(*status_)) result.exit_code = WEXITSTATUS(*status_);
  if (WIFSIGNALED(*status_)) result.signal = WTERMSIG(*status_);
  result.out = out_.text;
  result.err = err_.text;
  return result;
}

Result run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
           const Options& options, std::chrono::milliseconds wait) {
  Running running(program, arguments, options);
  running.write(options.input);
  return running.wait(wait);
}

} // namespace process
