#include "host/home.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <thread>

using namespace host_test;
using namespace std::chrono_literals;
using nlohmann::json;

TEST_CASE("drain ends with 0 when nothing is open") {
  const Home home;
  home.enable_moody();
  const auto result = home.run({"drain", "moody", "--json"});
  CHECK(result.exit_code == 0);
  CHECK(json::parse(result.out) ==
        json{{"delivered", 0}, {"blocked", 0}, {"waiting", 0}, {"next_due", nullptr}});
}

TEST_CASE("drain waits for a later due time") {
  const Home home;
  home.enable_moody({"deliver=soon"});
  const auto result = home.run({"drain", "moody", "--json"});
  CHECK(result.exit_code == 0);
  CHECK(json::parse(result.out).at("delivered") == 2);
}

TEST_CASE("drain ends with 2 when only blocked entries are left") {
  const Home home;
  home.enable_moody({"deliver=blocked"});
  const auto result = home.run({"drain", "moody"});
  CHECK(result.exit_code == 2);
  CHECK(result.out == "1 delivered, 2 blocked, 0 waiting\n");
}

TEST_CASE("drain ends with 3 when what waits is due after its time, without waiting in vain") {
  const Home home;
  home.enable_moody({"deliver=late"});
  const auto before = std::chrono::steady_clock::now();
  const auto result = home.run({"drain", "moody", "--timeout", "30", "--json"});
  CHECK(std::chrono::steady_clock::now() - before < 20s);
  CHECK(result.exit_code == 3);
  CHECK(json::parse(result.out).at("next_due").is_string());
}

TEST_CASE("drain ends with 3 in time when the plugin gets nowhere") {
  const Home home;
  home.enable_moody({"deliver=never idle"});
  CHECK(home.run({"drain", "moody", "--timeout", "0.3"}).exit_code == 3);
}

TEST_CASE("drain ends with 4 when a person must act, and with 1 when there is no such plugin") {
  const Home home;
  CHECK(home.run({"drain", "moody"}).exit_code == 1);
  home.enable_moody({"deliver=not connected"});
  const auto result = home.run({"drain", "moody"});
  CHECK(result.exit_code == 4);
  CHECK(result.err == "erp-host: connect me first\n");
  home.run({"plugins", "disable", "moody"});
  CHECK(home.run({"drain", "moody"}).exit_code == 4);
}

TEST_CASE("drain hands over what the log still has for the plugin") {
  const Home home;
  home.enable_moody({"deliver=closed"});
  const auto emitted =
      home.run({"--timeout", "0", "emit", "-"}, part_saved("e-1", "P-1", "when open"));
  CHECK(emitted.exit_code == 3);
  REQUIRE(home.run({"settings", "set", "moody", "deliver=open"}).exit_code == 0);
  CHECK(home.run({"drain", "moody"}).exit_code == 0);
  CHECK(home.json({"events", "list", "--undelivered", "--json"}).empty());
}

TEST_CASE("a termination signal stops a running job in good order") {
  const Home home;
  home.enable_moody({"deliver=long"});
  auto draining = home.start({"drain", "moody"});
  const auto log = home.path() / "data" / "moody" / "told.log";
  for (int i = 0; i < 500 && !std::filesystem::exists(log); ++i)
    std::this_thread::sleep_for(10ms);
  for (int i = 0; i < 500 && process::text_of(log).find("long run began") == std::string::npos; ++i)
    std::this_thread::sleep_for(10ms);
  draining.send(15);
  const auto result = draining.wait(20s);
  CHECK(result.exit_code == 128 + 15);
  CHECK(process::text_of(log).find("deactivated", process::text_of(log).find("long run")) !=
        std::string::npos);
}
