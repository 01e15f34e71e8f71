#include "host/home.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace host_test;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Of a kind that moody has no hook for.
std::string supplier_saved(const std::string& event_id) {
  return R"({"event_id":")" + event_id +
         R"(","occurred_at":"2026-11-20T10:00:00Z","actor":"buyer","kind":"supplier_saved",)"
         R"("supplier":{"id":"S-7","name":"Example Hardware","email":null,"currency":"USD"}})"
         "\n";
}

} // namespace

TEST_CASE("a mistyped command is answered with the nearest one") {
  const Home home;
  const auto mistyped = [&](const std::vector<std::string>& words) {
    const auto result = home.run(words);
    CHECK(result.exit_code == 1);
    CHECK(result.out == "");
    return result.err;
  };
  CHECK(has(mistyped({"plugns", "list"}), "no command \"plugns\"; did you mean plugins?"));
  CHECK(has(mistyped({"plugins", "instal", "x.so"}),
            "no command \"plugins instal\"; did you mean plugins install?"));
  CHECK(has(mistyped({"host-setings", "show"}), "did you mean host-settings?"));
  CHECK(has(mistyped({"fly"}), "no command \"fly\"; there are: attributes, connect"));
}

TEST_CASE("help teaches every command with an example") {
  const Home home;
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"plugins", "list"},
                                             {"plugins", "install"},
                                             {"plugins", "enable"},
                                             {"plugins", "disable"},
                                             {"settings", "show"},
                                             {"settings", "set"},
                                             {"host-settings", "show"},
                                             {"host-settings", "set"},
                                             {"connect"},
                                             {"disconnect"},
                                             {"emit"},
                                             {"events", "list"},
                                             {"events", "retry"},
                                             {"drain"},
                                             {"run"},
                                             {"notices"},
                                             {"attributes", "list"},
                                             {"attributes", "set"},
                                             {"attributes", "remove"}}) {
    std::vector<std::string> words = command;
    words.push_back("--help");
    const auto result = home.run(words);
    CAPTURE(command.back());
    CHECK(result.exit_code == 0);
    std::string whole = "erp-host --home HOME_DIR";
    for (const std::string& word : command)
      whole += " " + word;
    CHECK(has(result.out, "Example:\n  " + whole));
  }
  CHECK(has(home.run({"help"}).out, "Order of use"));
  CHECK(has(home.run({"help", "plugins", "install"}).out, "Copy a plugin"));
}

TEST_CASE("a time that is none is refused in words") {
  const Home home;
  for (const char* bad : {"abc", "-1", "1e9", "nan", "inf", ""}) {
    CAPTURE(bad);
    const auto result = home.run({"drain", "moody", "--timeout", bad});
    CHECK(result.exit_code == 1);
    CHECK(has(result.err, "--timeout"));
    CHECK(has(result.err, "is no number of seconds, such as 30"));
  }
  CHECK(has(home.run({"--timeout", "soon", "plugins", "list"}).err, "such as 30"));
}

TEST_CASE("an empty listing says so in words, and is an empty array as JSON") {
  const Home home;
  const auto empty = [&](std::vector<std::string> words, const std::string& says) {
    CAPTURE(says);
    CHECK(has(home.run(words).out, says));
    words.push_back("--json");
    CHECK(home.json(words) == json::array());
  };
  empty({"plugins", "list"}, "No plugin is installed. Install one: plugins install PATH");
  empty({"notices"}, "Nobody needs to know anything.");
  empty({"events", "list"}, "No event is recorded.");
  empty({"attributes", "list"}, "No attribute is defined.");
  home.enable_moody();
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  empty({"events", "list", "--undelivered"}, "Every event was handed over.");
}

TEST_CASE("run without a command lists the plugin's commands") {
  const Home home;
  home.enable_moody();
  const auto result = home.run({"run", "moody"});
  CHECK(result.exit_code == 0);
  CHECK(has(result.out, "Commands of moody:"));
  CHECK(has(result.out, "echo"));
}

TEST_CASE("retrying refused events leaves those alone that the plugin has no hook for") {
  const Home home;
  home.enable_moody();
  CHECK(home.emit(part_saved("e-1", "P-1", "invalid")).exit_code == 1);
  CHECK(home.emit(supplier_saved("e-2")).exit_code == 0);
  CHECK(has(home.run({"events", "retry", "--all"}).out, "1 to be handed over again"));
  const auto state_of = [&](const std::string& id) {
    for (const auto& one : home.json({"events", "list", "--json"}))
      if (one.at("event_id") == id) return one.at("state").get<std::string>();
    return std::string("none");
  };
  CHECK(state_of("e-1") == "waiting");
  CHECK(state_of("e-2") == "not_offered");
  const auto named = home.run({"events", "retry", "e-2"});
  CHECK(named.exit_code == 1);
  CHECK(has(named.err, "--not-offered"));
  CHECK(state_of("e-2") == "not_offered");
  CHECK(has(home.run({"events", "retry", "e-2", "--not-offered"}).out, "1 to be"));
  CHECK(state_of("e-2") == "waiting");
  CHECK(home.run({"events", "retry", "e-nowhere"}).exit_code == 1);
}
