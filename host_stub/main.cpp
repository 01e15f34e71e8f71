#include "cli/arguments.hpp"
#include "door/caller.hpp"
#include "home/owner_lock.hpp"
#include "host_version.hpp"
#include "loader/warden.hpp"
#include "owner.hpp"
#include "plugins/rehearsal.hpp"
#include "preflight/preflight.hpp"
#include "validate/arguments.hpp"
#include "validate/one_check.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace host;

constexpr std::chrono::milliseconds look_again{20};

int complain(const std::string& words) {
  std::fprintf(stderr, "erp-host: %s\n", words.c_str());
  return exit_failed;
}

std::string current_folder() {
  std::error_code ignored;
  return std::filesystem::current_path(ignored).string();
}

// Own the home, or let its owner run the command, whichever is possible first.
int run(const std::vector<std::string>& words, const cli::Arguments& arguments) {
  const auto folders = home::open_home(arguments.home);
  if (!folders) return complain(folders.error().message);
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(static_cast<std::int64_t>(arguments.timeout_s * 1000));
  while (true) {
    const auto lock = home::OwnerLock::try_take(*folders, arguments.name);
    if (!lock) return complain(lock.error().message);
    if (*lock) return run_as_owner(*folders, arguments);
    const auto called = door::call_owner(*folders, {program_version, words, current_folder()});
    switch (called.kind) {
    case door::Called::Kind::ended:
      return called.exit_code;
    case door::Called::Kind::refused:
      return complain(called.message);
    case door::Called::Kind::lost:
      return complain("the process that had this home ended in the middle of the command; what it "
                      "recorded stays, run the command again");
    case door::Called::Kind::not_served:
      break; // it is just starting or ending
    }
    if (std::chrono::steady_clock::now() >= end)
      return complain(folders->root.string() + " is in use by " + home::holder_of(*folders) +
                      ", which answers no commands; wait until it ends (--timeout S waits longer)");
    std::this_thread::sleep_for(look_again);
  }
}

// What plugins and host hold in memory (tokens, keys) goes into no core file, and no other program
// of the same user may read it.
void keep_memory_private() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

} // namespace

int main(int argc, char** argv) {
  umask(077);
  keep_memory_private();
  signal(SIGPIPE, SIG_IGN);
  loader::guard_if_asked(argc, argv);
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (const auto code = preflight::fly_if_asked(argc, argv)) return *code;
    if (const auto code = plugins::rehearse_if_asked(argc, argv)) return *code;
    if (const auto code = validate::check_if_asked(argc, argv)) return *code;
    if (const auto code = validate::validate_if_asked(words)) return *code;
    const auto arguments = cli::parse(words);
    if (!arguments) {
      std::fputs(arguments.error().out.c_str(), stdout);
      std::fputs(arguments.error().err.c_str(), stderr);
      return arguments.error().exit_code;
    }
    return run(words, *arguments);
  } catch (const std::exception& error) {
    return complain(error.what());
  }
}
