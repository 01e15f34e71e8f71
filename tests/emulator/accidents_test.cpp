#include "emulated.hpp"

#include <chrono>
#include <doctest/doctest.h>

using namespace emulated;

namespace {

json vendor(const std::string& name) {
  return {{"DisplayName", name}};
}

bool holds_vendor(Emulator& emulator, const std::string& name) {
  for (const auto& one : emulator.objects("Vendor"))
    if (one["DisplayName"] == name) return true;
  return false;
}

} // namespace

TEST_CASE("a lost answer commits and then ends the connection without a byte") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  for (const bool reset : {false, true}) {
    const std::string name = reset ? "Reset Tools" : "Finished Tools";
    emulator.order(
        {{"method", "POST"}, {"path", "vendor"}, {"action", "lost_answer"}, {"reset", reset}});
    const auto lost =
        emulator.api(token, "POST", "vendor?requestid=" + name.substr(0, 5), vendor(name));
    CHECK(lost.result != CURLE_OK);
    CHECK(lost.status == 0);
    CHECK(lost.headers.empty());
    CHECK(holds_vendor(emulator, name));
    const auto retried =
        emulator.api(token, "POST", "vendor?requestid=" + name.substr(0, 5), vendor(name));
    CHECK(retried.status == 200);
    CHECK(retried.parsed()["Vendor"]["DisplayName"] == name);
  }
}

TEST_CASE("a cut connection has committed nothing") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  emulator.order({{"path", "vendor"}, {"action", "cut"}, {"reset", true}});
  CHECK(emulator.api(token, "POST", "vendor", vendor("Cut Tools")).result != CURLE_OK);
  CHECK_FALSE(holds_vendor(emulator, "Cut Tools"));
  CHECK(emulator.api(token, "POST", "vendor", vendor("Cut Tools")).status == 200);
}

TEST_CASE("a truncated answer has a promised length and fewer bytes") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  emulator.order({{"path", "vendor"}, {"action", "truncate"}, {"bytes", 20}});
  const auto heard = emulator.api(token, "POST", "vendor", vendor("Half Tools"));
  CHECK(heard.result != CURLE_OK);
  CHECK(heard.status == 200);
  CHECK(heard.body.size() == 20);
  CHECK(std::stoi(heard.headers.at("content-length")) > 20);
  CHECK(holds_vendor(emulator, "Half Tools"));
}

TEST_CASE("a dripping answer arrives whole in the end") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  emulator.order({{"path", "vendor/1"}, {"action", "drip"}, {"bytes", 50}, {"ms", 10}});
  const auto began = std::chrono::steady_clock::now();
  const auto heard = emulator.api(token, "GET", "vendor/1");
  CHECK(heard.result == CURLE_OK);
  CHECK(heard.parsed()["Vendor"]["Id"] == "1");
  CHECK(std::chrono::steady_clock::now() - began > std::chrono::milliseconds(50));
}

TEST_CASE("answers of the proxy, of a captive portal and of the service can be ordered") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  emulator.order(
      {{{"path", "vendor"}, {"action", "status"}, {"status", 503}, {"body", "<h1>Down</h1>"}},
       {{"path", "vendor"}, {"action", "html"}},
       {{"path", "vendor"}, {"action", "fault"}, {"code", "6000"}, {"message", "Business"}},
       {{"path", "vendor"}, {"action", "throttle"}},
       {{"path", "vendor"}, {"action", "unauthorized"}}});
  const auto send = [&] { return emulator.api(token, "POST", "vendor", vendor("Late Tools")); };
  const auto down = send();
  CHECK(down.status == 503);
  CHECK(down.body == "<h1>Down</h1>");
  const auto portal = send();
  CHECK(portal.status == 200);
  CHECK(portal.headers.at("content-type") == "text/html");
  CHECK(send().fault_code() == "6000");
  CHECK(send().status == 429);
  CHECK(send().status == 401);
  CHECK_FALSE(holds_vendor(emulator, "Late Tools"));
  CHECK(send().status == 200);
}

TEST_CASE("a late answer is committed before it waits") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  emulator.order({{"path", "vendor"}, {"action", "late"}, {"ms", 300}});
  const auto began = std::chrono::steady_clock::now();
  CHECK(emulator.api(token, "POST", "vendor", vendor("Slow Tools")).status == 200);
  CHECK(std::chrono::steady_clock::now() - began >= std::chrono::milliseconds(300));
}

TEST_CASE("a batch answer can lose an item by a JSON patch") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  emulator.order({{"path", "batch"},
                  {"action", "patch"},
                  {"patch", {{{"op", "remove"}, {"path", "/BatchItemResponse/0"}}}}});
  const json items{{"BatchItemRequest",
                    {{{"bId", "1"}, {"Query", "select * from Vendor"}},
                     {{"bId", "2"}, {"Query", "select * from Item"}}}}};
  CHECK(emulator.api(token, "POST", "batch", items).parsed()["BatchItemResponse"].size() == 1);
  CHECK(emulator.api(token, "POST", "batch", items).parsed()["BatchItemResponse"].size() == 2);
}

TEST_CASE("rules choose the nth request, so many times, by chance with a seed, by query and body") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  const auto read = [&] { return emulator.api(token, "GET", "vendor/1?mark=7").status; };
  emulator.order(
      {{"path", "vendor/*"}, {"query", "mark=?"}, {"nth", 2}, {"times", 2}, {"action", "status"}});
  CHECK(read() == 200);
  CHECK(read() == 503);
  CHECK(read() == 503);
  CHECK(read() == 200);
  CHECK(emulator.control("GET", "faults")[0]["fired"] == 2);
  emulator.control("DELETE", "faults");

  std::string first_run;
  for (int run = 0; run < 2; ++run) {
    emulator.order(
        {{"path", "vendor/*"}, {"probability", 0.5}, {"seed", 42}, {"action", "status"}});
    std::string pattern;
    for (int i = 0; i < 40; ++i)
      pattern += read() == 200 ? '.' : 'x';
    CHECK(pattern.find('.') != std::string::npos);
    CHECK(pattern.find('x') != std::string::npos);
    if (run == 0) first_run = pattern;
    CHECK(pattern == first_run);
    emulator.control("DELETE", "faults");
  }

  emulator.order({{"body_contains", "Marked"}, {"action", "status"}});
  CHECK(emulator.api(token, "POST", "vendor", vendor("Plain Tools")).status == 200);
  CHECK(emulator.api(token, "POST", "vendor", vendor("Marked Tools")).status == 503);
}

TEST_CASE("a mistyped rule is refused") {
  Emulator emulator;
  const auto heard = [&](const json& rule) {
    return emulator.client().post(emulator.url() + "/_emulator/faults", {rule.dump()});
  };
  CHECK(heard({{"action", "explode"}}).status == 400);
  CHECK(heard({{"action", "cut"}, {"pth", "vendor"}}).status == 400);
  CHECK(heard({{"action", "cut"}, {"nth", "two"}}).status == 400);
  CHECK(emulator.control("GET", "faults").empty());
}

TEST_CASE("a refused handshake is no HTTP answer") {
  Emulator emulator;
  emulator.order({{"action", "refuse_handshake"}});
  emulator.client().forget_connection();
  CHECK(emulator.client().get(emulator.url() + "/_emulator/clock").result ==
        CURLE_SSL_CONNECT_ERROR);
  CHECK(emulator.client().get(emulator.url() + "/_emulator/clock").status == 200);
}

TEST_CASE("the answer to a token refresh can be lost after the rotation") {
  Emulator emulator({"--auto-consent", "Larkfield"});
  const auto tokens = emulator.connect();
  emulator.control("POST", "tokens", {{"do", "rotate_next"}});
  emulator.order({{"path", "/oauth2/*"}, {"action", "lost_answer"}});
  CHECK(emulator.refresh(tokens["refresh_token"]).result != CURLE_OK);
  CHECK(emulator.refresh(tokens["refresh_token"]).parsed()["error"] == "invalid_grant");
}

TEST_CASE(
    "the log of requests shows what was sent, with its request id and accident, and no tokens") {
  Emulator emulator({"--auto-consent", "Larkfield"});
  const auto tokens = emulator.connect();
  emulator.order({{"path", "vendor"}, {"action", "lost_answer"}});
  emulator.api(tokens["access_token"], "POST", "vendor?requestid=q-1", vendor("Logged Tools"));
  const auto log = emulator.control("GET", "requests?path=/vendor");
  REQUIRE(log.size() == 1);
  CHECK(log[0]["requestid"] == "q-1");
  CHECK(json::parse(log[0]["body"].get<std::string>()) == vendor("Logged Tools"));
  CHECK(log[0]["accident"] == "lost_answer");
  CHECK(log[0]["answered"] == false);
  const auto all = emulator.client().get(emulator.url() + "/_emulator/requests").body;
  CHECK(all.find(tokens["access_token"].get<std::string>()) == std::string::npos);
  CHECK(all.find(tokens["refresh_token"].get<std::string>()) == std::string::npos);
}
