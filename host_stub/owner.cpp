#include "owner.hpp"

#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "door/door.hpp"
#include "host_version.hpp"
#include "services/clock.hpp"

#include <csignal>
#include <cstdio>
#include <thread>

namespace host {
namespace {

constexpr std::int64_t stop_time_us = 5 * services::us_per_s;
constexpr std::chrono::milliseconds visitors_notice_after{500};

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1})
    sigaddset(&set, signal);
  return set;
}

// Turns Ctrl-C and its like into a stop in good order; the second one ends the process at once,
// which loses nothing either.
class Signals {
 public:
  Signals() {
    const sigset_t set = ending_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr); // every thread made from now on has it so
  }
  // `stop` may take seconds: it gets a thread of its own, so that the next signal gets through.
  void listen(std::function<void()> stop) {
    listener_ = std::thread([this, stop = std::move(stop)] {
      const sigset_t set = ending_signals();
      for (int signal = 0; sigwait(&set, &signal) == 0;) {
        if (signal == SIGUSR1) return; // ours: nothing to listen for any more
        if (received_.exchange(signal) != 0) _exit(128 + signal);
        stopper_ = std::thread(stop);
      }
    });
  }
  // Before what `stop` works on goes away.
  void end() {
    if (!listener_.joinable()) return;
    pthread_kill(listener_.native_handle(), SIGUSR1);
    listener_.join();
    if (stopper_.joinable()) stopper_.join();
  }
  ~Signals() { end(); }
  int received() const { return received_; }

 private:
  std::atomic<int> received_{0};
  std::thread listener_, stopper_;
};

int run_sent(Host& host, const std::vector<std::string>& words, terminal::Terminal& terminal,
             terminal::Cancel& cancel) noexcept {
  try {
    const auto arguments = cli::parse(words);
    if (!arguments) {
      terminal.out(arguments.error().out);
      terminal.err(arguments.error().err);
      return arguments.error().exit_code;
    }
    host.log.write(services::Level::info, "host", "for another process: " + arguments->name);
    return cli::execute({host, terminal, cancel, arguments->timeout_s}, arguments->command);
  } catch (const std::exception& error) {
    terminal.err(std::string("erp-host: ") + error.what() + "\n");
    return exit_failed;
  }
}

} // namespace

int run_as_owner(const home::Folders& folders, const cli::Arguments& arguments) {
  auto terminal = terminal::Terminal::own();
  terminal::Cancel cancel;
  Signals signals;
  auto opened = Host::open(folders);
  if (!opened) {
    terminal.err("erp-host: " + opened.error().message + "\n");
    return exit_failed;
  }
  Host& host = **opened;
  door::Door door(folders, program_version,
                  [&](const auto& words, auto& theirs, auto& their_cancel) {
                    return run_sent(host, words, theirs, their_cancel);
                  });
  signals.listen([&] {
    cancel.trigger();
    door.cancel_all();
    host.instances.ask_all_to_stop(services::now_us() + stop_time_us);
  });
  int code = cli::execute({host, terminal, cancel, arguments.timeout_s}, arguments.command);
  if (door.visitors() > 0 && !cancel.wait_for(visitors_notice_after) && door.visitors() > 0)
    terminal.err("erp-host: waiting for a command of another process that runs in this one\n");
  door.close();
  host.end();
  signals.end();
  if (signals.received() != 0) code = 128 + signals.received();
  return code;
}

} // namespace host
