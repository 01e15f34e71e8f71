#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

// Starts real programs and watches what they do. Throws std::runtime_error where the machine
// itself fails (no such program, no more processes); how the program ended is in Result.
namespace process {

struct Options {
  std::string input = {};            // standard input of run(); start() takes it by write()
  std::filesystem::path folder = {}; // to start in; empty: this one
  std::map<std::string, std::string> extra = {}; // environment variables on top of ours
};

struct Result {
  int exit_code = -1; // -1: ended by `signal`
  int signal = 0;
  bool timed_out = false; // killed by us after the time allowed
  std::string out;
  std::string err;
};

constexpr std::chrono::milliseconds patience{60'000};

// A program that is running. Its output is collected all the time, so that it never stalls on a
// full pipe. One thread uses an object; the destructor kills what still runs.
class Running {
 public:
  Running(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const Options& options = {});
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  pid_t pid() const { return pid_; }
  void write(std::string_view text); // to its standard input
  void close_input();
  // The next line of standard output or standard error that has not been asked for yet, without
  // its newline; nullopt: it ended or `wait` went by first.
  std::optional<std::string> next_line(std::chrono::milliseconds wait = patience);
  std::optional<std::string> next_error_line(std::chrono::milliseconds wait = patience);
  void send(int signal);
  void kill_hard() { send(9); } // as a power cut would, for this one process
  // Waits for the end; kills it when `wait` is over.
  Result wait(std::chrono::milliseconds wait = patience);
  bool has_ended(); // without waiting

 private:
  struct Stream {
    int fd = -1;
    std::string text;
    std::size_t taken = 0;
  };
  bool collect(std::chrono::milliseconds wait); // false: both streams are closed
  std::optional<std::string> line_of(Stream& stream, std::chrono::milliseconds wait);
  bool reap(bool block);

  pid_t pid_ = -1;
  int input_ = -1;
  Stream out_, err_;
  std::optional<int> status_; // of waitpid
};

// Start, feed options.input, wait.
Result run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
           const Options& options = {}, std::chrono::milliseconds wait = patience);

} // namespace process
