#include "process/process.hpp"
#include "process/steps.hpp"
#include "process/temporary_folder.hpp"

#include "may_kill.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace std::chrono_literals;

TEST_CASE("a program's output, errors and exit code come back") {
  const auto result =
      process::run("/bin/sh", {"-c", "cat; echo wrong >&2; exit 7"}, {.input = "hello"});
  CHECK(result.exit_code == 7);
  CHECK(result.out == "hello");
  CHECK(result.err == "wrong\n");
}

TEST_CASE("a megabyte goes in and out without a stall") {
  const std::string text(1024 * 1024, 'x');
  CHECK(process::run("/bin/cat", {}, {.input = text}).out == text);
}

TEST_CASE("lines can be read while the program runs") {
  process::Running cat("/bin/cat", {});
  cat.write("one\ntwo\n");
  CHECK(cat.next_line() == "one");
  CHECK(cat.next_line() == "two");
  CHECK(cat.next_line(10ms) == std::nullopt);
  CHECK_FALSE(cat.has_ended());
  CHECK(cat.wait().exit_code == 0);
}

TEST_CASE("a killed program says by which signal it ended") {
  process::Running sleeper("/bin/sleep", {"60"});
  sleeper.kill_hard();
  const auto result = sleeper.wait();
  CHECK(result.exit_code == -1);
  CHECK(result.signal == 9);
}

TEST_CASE("a program that takes too long is killed") {
  process::Running sleeper("/bin/sleep", {"60"});
  CHECK(sleeper.wait(50ms).timed_out);
}

TEST_CASE("folder and environment are handed over") {
  const process::TemporaryFolder folder;
  const auto result = process::run("/bin/sh", {"-c", "pwd; echo $COLOUR"},
                                   {.folder = folder.path(), .extra = {{"COLOUR", "green"}}});
  CHECK(result.out == folder.path().string() + "\ngreen\n");
}

TEST_CASE("a program that is not there is an exception") {
  CHECK_THROWS_AS(process::run("/nowhere/at/all", {}), std::runtime_error);
}

TEST_CASE("a program is killed before one of its steps, and what comes before that is done") {
  if (!may_kill_at_steps()) return;
  const process::TemporaryFolder folder;
  const auto makes_three = [&](long killed_at) {
    return process::run_until_step(killed_at, "/bin/sh",
                                   {"-c", ": > one; echo; : > two; : > three"},
                                   {.folder = folder.path()});
  };
  const auto killed = makes_three(2);
  CHECK(killed.was_killed());
  CHECK(killed.steps == 2);
  CHECK(std::filesystem::exists(folder / "one"));
  CHECK(!std::filesystem::exists(folder / "two"));
  const auto whole = makes_three(0);
  CHECK(whole.result.exit_code == 0);
  CHECK(whole.result.out == "\n");
  CHECK(whole.steps == 3);
  CHECK(std::filesystem::exists(folder / "three"));
}
