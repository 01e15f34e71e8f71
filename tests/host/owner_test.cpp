#include "host/home.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace host_test;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// An owner that goes on until its input ends.
struct Owner {
  explicit Owner(const Home& home) : process(home.start({"emit", "-"})) {
    process.write(part_saved("e-owner", "P-owner"));
    REQUIRE(home.wait_until_told(1));
  }
  process::Running process;
};

} // namespace

TEST_CASE("a command for a home in use runs inside its owner, with its own streams") {
  const Home home;
  home.enable_moody();
  Owner owner(home);
  const auto echo = home.run({"run", "moody", "echo", "from", "another"});
  CHECK(echo.exit_code == 0);
  CHECK(echo.out == "[\"echo\",\"from\",\"another\"]\n");
  const auto emitted = home.emit(part_saved("e-2", "P-2"));
  CHECK(emitted.out == "1 accepted, 1 delivered\n");
  process::write_text(home.scratch("more.jsonl"), part_saved("e-3", "P-3"));
  CHECK(home.run({"emit", "more.jsonl"}).exit_code == 0); // a path of the caller's folder
  CHECK(home.run({"settings", "set", "moody", "client_secret=-"}, "another\n").exit_code == 0);
  const auto wrong = home.run({"run", "moody", "nonsense"});
  CHECK(wrong.exit_code == 1);
  CHECK(wrong.err == "erp-host: try: echo, services, refresh\n");
  CHECK(owner.process.wait().exit_code == 0);
  CHECK(home.told().size() == 3);
  CHECK(has(process::text_of(home.path() / "logs" / "host.log"), "for another process: run"));
}

TEST_CASE("the socket is for its owner only, and gone when the owner is") {
  const Home home;
  home.enable_moody();
  Owner owner(home);
  struct stat what {};
  REQUIRE(lstat((home.path() / "host.sock").c_str(), &what) == 0);
  CHECK((what.st_mode & 0777) == 0600);
  CHECK(owner.process.wait().exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(home.path() / "host.sock"));
}

TEST_CASE("after the owner was killed the next command simply owns the home") {
  const Home home;
  home.enable_moody();
  Owner owner(home);
  owner.process.kill_hard();
  owner.process.wait();
  CHECK(std::filesystem::exists(home.path() / "host.sock"));
  CHECK(home.run({"run", "moody", "echo"}).exit_code == 0);
}

TEST_CASE("a caller learns that the owner was killed in the middle of its command") {
  const Home home;
  home.enable_moody();
  Owner owner(home);
  auto caller = home.start({"emit", "-"});
  caller.write(part_saved("e-2", "P-2"));
  REQUIRE(home.wait_until_told(2));
  owner.process.kill_hard();
  const auto result = caller.wait();
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "ended in the middle of the command"));
}

TEST_CASE("a caller that is killed does not hold the owner up") {
  const Home home;
  home.enable_moody();
  Owner owner(home);
  auto caller = home.start({"emit", "-"});
  caller.write(part_saved("e-2", "P-2"));
  REQUIRE(home.wait_until_told(2));
  caller.kill_hard();
  caller.wait();
  CHECK(owner.process.wait(20s).exit_code == 0);
}

TEST_CASE("the owner finishes the commands of others before it ends") {
  const Home home;
  home.enable_moody();
  Owner owner(home);
  auto caller = home.start({"emit", "-"});
  caller.write(part_saved("e-2", "P-2"));
  REQUIRE(home.wait_until_told(2));
  owner.process.close_input();
  CHECK(owner.process.next_error_line() ==
        "erp-host: waiting for a command of another process that runs in this one");
  caller.write(part_saved("e-3", "P-3"));
  const auto result = caller.wait();
  CHECK(result.exit_code == 0);
  CHECK(result.out == "2 accepted, 2 delivered\n");
  CHECK(owner.process.wait().exit_code == 0);
}

TEST_CASE("a home whose owner serves nobody is waited for, then named") {
  const Home home;
  home.enable_moody();
  const int lock = open((home.path() / "owner.lock").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(flock(lock, LOCK_EX) == 0);
  REQUIRE(pwrite(lock, "process 4711 (drain)\n", 21, 0) == 21);
  const auto result = home.run({"--timeout", "0.2", "plugins", "list"});
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "is in use by process 4711 (drain)"));
  auto waiting = home.start({"plugins", "list"});
  std::this_thread::sleep_for(200ms);
  CHECK_FALSE(waiting.has_ended());
  close(lock);
  CHECK(waiting.wait().exit_code == 0);
}

TEST_CASE("many commands at once all get their turn") {
  const Home home;
  home.enable_moody();
  std::vector<std::unique_ptr<process::Running>> emitting;
  for (int i = 0; i < 12; ++i) {
    emitting.push_back(std::make_unique<process::Running>(
        erp_host_program(), home.words({"--timeout", "50", "emit", "-"})));
    emitting.back()->write(part_saved("e-" + std::to_string(i), "P-" + std::to_string(i)));
    emitting.back()->close_input();
  }
  for (auto& one : emitting) {
    const auto result = one->wait();
    CAPTURE(result.err);
    CHECK(result.exit_code == 0);
  }
  CHECK(home.told().size() == 12);
}

TEST_CASE("a home deep in the file system works, though a socket's address is short") {
  const Home home;
  const auto deep = home.path() / std::string(100, 'a') / std::string(100, 'b');
  const auto run = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"--home", deep.string()};
    all.insert(all.end(), words.begin(), words.end());
    return process::run(erp_host_program(), all);
  };
  CHECK(run({"plugins", "install", template_library().string()}).exit_code == 0);
  CHECK(run({"plugins", "enable", "template"}).exit_code == 0);
  process::Running owner(erp_host_program(), {"--home", deep.string(), "emit", "-"});
  while (!std::filesystem::exists(deep / "host.sock"))
    std::this_thread::sleep_for(5ms);
  CHECK(run({"run", "template", "status"}).exit_code == 0);
  CHECK(owner.wait().exit_code == 0);
}

TEST_CASE("words behind run ID are the plugin's, whatever they look like") {
  const Home home;
  home.enable_moody();
  CHECK(home.run({"run", "moody", "echo", "--json", "--home", "x", "--timeout", "-h"}).out ==
        "[\"echo\",\"--json\",\"--home\",\"x\",\"--timeout\",\"-h\"]\n");
  CHECK(has(home.run({"run", "moody"}).out, "echo  says it")); // lists what there is
  CHECK(home.run({"run", "moody", "offline"}).exit_code == 4);
}

TEST_CASE("help is there everywhere, and needs no home") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"plugins", "--help"},
                                             {"plugins", "install", "--help"},
                                             {"run", "--help"},
                                             {"emit", "--help"},
                                             {"host-settings", "set", "--help"}}) {
    const auto result = process::run(erp_host_program(), words);
    CHECK(result.exit_code == 0);
    CHECK(has(result.out, "Usage:"));
  }
  CHECK(process::run(erp_host_program(), {}).exit_code == 1);
  CHECK(process::run(erp_host_program(), {"--home", "/tmp", "dance"}).exit_code == 1);
}
