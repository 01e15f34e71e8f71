#include "connect/redirect.hpp"
#include "host/home.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace host_test;
using namespace std::chrono_literals;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The whole answer to one request on the loopback interface.
std::string ask(int port, const std::string& request) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(write(fd, request.data(), request.size()) == static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  for (ssize_t count; (count = read(fd, buffer, sizeof buffer)) > 0;)
    answer.append(buffer, static_cast<std::size_t>(count));
  close(fd);
  return answer;
}

std::string get(int port, const std::string& target, const std::string& host = "") {
  return ask(port, "GET " + target + " HTTP/1.1\r\nHost: " +
                       (host.empty() ? "localhost:" + std::to_string(port) : host) +
                       "\r\nConnection: close\r\n\r\n");
}

struct Connecting {
  Connecting(const Home& home, const std::vector<std::string>& options = {})
      : process(home.start([&] {
          std::vector<std::string> words{"connect", "moody"};
          words.insert(words.end(), options.begin(), options.end());
          return words;
        }())) {
    address = process.next_line().value_or("");
    REQUIRE(has(address, "redirect_uri=http://localhost:"));
    port = std::stoi(address.substr(address.rfind(':') + 1));
  }
  process::Running process;
  std::string address;
  int port = 0;
};

} // namespace

TEST_CASE("connect prints the address alone, takes the answer and refreshes") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  Connecting connecting(home);
  CHECK(connecting.address ==
        "https://auth.example.com/?state=state-1&redirect_uri=http://localhost:" +
            std::to_string(connecting.port) + "/callback");
  const std::string answer = get(connecting.port, "/callback?code=a%2Fb&state=state-1&realmId=9");
  CHECK(has(answer, "HTTP/1.1 302"));
  CHECK(has(answer, "Referrer-Policy: no-referrer"));
  CHECK(has(answer, "Location: /callback\r\n"));
  CHECK_FALSE(has(answer, "a%2Fb"));
  const auto result = connecting.process.wait();
  CHECK(result.exit_code == 0);
  CHECK(has(result.out, "\nconnected to Example Books (c-1)\nrefreshed\n"));
  // still percent-encoded, as the interface wants it
  CHECK(has(process::text_of(home.path() / "data" / "moody" / "told.log"),
            "query code=a%2Fb&state=state-1&realmId=9\n"));
}

TEST_CASE("only the right path, method, host and state count as an answer") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  Connecting connecting(home);
  const int port = connecting.port;
  CHECK(has(get(port, "/other?code=1&state=state-1"), "HTTP/1.1 404"));
  CHECK(has(get(port, "/callback?code=1&state=state-1", "evil.example.com"), "HTTP/1.1 421"));
  CHECK(has(ask(port, "POST /callback?code=1&state=state-1 HTTP/1.1\r\nHost: localhost:" +
                          std::to_string(port) +
                          "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 405"));
  CHECK(has(get(port, "/callback?code=1&state=forged"), "HTTP/1.1 302"));
  CHECK(has(get(port, "/callback"), "You can close this window"));
  while (const auto line = connecting.process.next_error_line())
    if (has(*line, "still waiting")) break;
  CHECK_FALSE(connecting.process.has_ended());
  get(port, "/callback?code=1&state=state-1");
  CHECK(connecting.process.wait().exit_code == 0);
}

TEST_CASE("the callback page knows one path, one method and one name, and serves no file") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  Connecting connecting(home);
  const int port = connecting.port;
  const std::string name = "localhost:" + std::to_string(port);
  const auto is_bare = [](const std::string& answer) {
    CAPTURE(answer);
    CHECK_FALSE(has(answer, "Access-Control-"));
    CHECK_FALSE(has(answer, "root:"));
    CHECK_FALSE(has(answer, "<li>"));
  };
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"}) {
    CAPTURE(method);
    const std::string answer = ask(port, std::string(method) + " /callback?code=1&state=state-1" +
                                             " HTTP/1.1\r\nHost: " + name +
                                             "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    CHECK(has(answer, "HTTP/1.1 405"));
    is_bare(answer);
  }
  for (const char* path : {"/", "/callback/", "/callback/../../etc/passwd", "/../../../etc/passwd",
                           "//callback", "/%2e%2e/%2e%2e/etc/passwd", "/callback%2f..",
                           "/.git/config", "/callback;a", "/CALLBACK"}) {
    CAPTURE(path);
    const std::string answer = get(port, path);
    CHECK(has(answer, "HTTP/1.1 404"));
    is_bare(answer);
  }
  // Names by which a page of somebody else could reach this computer.
  const std::string at_port = ":" + std::to_string(port);
  for (const std::string& other : std::vector<std::string>{
           "evil.example.com", "evil.example.com" + at_port, "localhost." + at_port, "localhost",
           "localhost:1", "127.0.0.1.example.com" + at_port, "user@" + name}) {
    CAPTURE(other);
    CHECK(has(get(port, "/callback?code=1&state=state-1", other), "HTTP/1.1 421"));
  }
  CHECK(has(ask(port, "GET /callback?code=1&state=state-1 HTTP/1.0\r\n\r\n"), "421"));
  for (const std::string& answer : {get(port, "/callback"), get(port, "/callback?code=1&state=no"),
                                    get(port, "/other"), get(port, "/callback", "evil")})
    for (const char* header :
         {"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'", "no-store",
          "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"}) {
      CAPTURE(answer);
      CHECK(has(answer, header));
    }
  CHECK_FALSE(connecting.process.has_ended()); // none of it counted as an answer
}

TEST_CASE("refused consent, another company and no answer at all end the attempt") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  {
    Connecting connecting(home);
    get(connecting.port, "/callback?error=access_denied&state=state-1");
    const auto result = connecting.process.wait();
    CHECK(result.exit_code == 1);
    CHECK(has(result.err, "the access was refused"));
  }
  {
    Connecting connecting(home, {"--company", "Other Books"});
    get(connecting.port, "/callback?code=1&state=state-1");
    CHECK(connecting.process.wait().exit_code == 1);
  }
  Connecting connecting(home, {"--timeout", "0.2"});
  const auto result = connecting.process.wait();
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "no answer came in time"));
}

TEST_CASE("other commands run while connect waits for the browser") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  Connecting connecting(home);
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  CHECK(home.run({"drain", "moody"}).exit_code == 0);
  CHECK(home.run({"settings", "set", "moody", "ap_account=2000"}).exit_code == 0);
  get(connecting.port, "/callback?code=1&state=state-1");
  CHECK(connecting.process.wait().exit_code == 0);
}

TEST_CASE("connect inside the owner works as well, and a second company needs a word") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  auto owner = home.start({"emit", "-"});
  owner.write(part_saved("e-1", "P-1"));
  REQUIRE(home.wait_until_told(1));
  for (const auto& [options, code] : std::vector<std::pair<std::vector<std::string>, int>>{
           {{}, 0}, {{}, 1}, {{"--switch-company"}, 0}}) {
    Connecting connecting(home, options);
    get(connecting.port, "/callback?code=1&state=state-1");
    CHECK(connecting.process.wait().exit_code == code);
  }
  CHECK(home.run({"disconnect", "moody"}).exit_code == 0);
  CHECK(owner.wait().exit_code == 0);
}

TEST_CASE("the redirected address can be pasted") {
  const Home home;
  home.enable_moody({"environment=emulator"});
  const auto result = home.run({"connect", "moody", "--paste"},
                               "http://localhost:8765/callback?code=1&state=state-1#top\n");
  CHECK(result.exit_code == 0);
  CHECK(has(result.out, "connected to Example Books (c-1)"));
  CHECK(has(process::text_of(home.path() / "data" / "moody" / "told.log"),
            "query code=1&state=state-1\n"));
  CHECK(home.run({"connect", "moody", "--paste"}, "only-the-code\n").exit_code == 1);
}

TEST_CASE("without an emulator the registered address must be set") {
  const Home home;
  home.enable_moody({"environment=production"});
  const auto result = home.run({"connect", "moody"});
  CHECK(result.exit_code == 4);
  CHECK(has(result.err, "host-settings set redirect_url="));
  home.run({"host-settings", "set", "redirect_url=https://erp.example.com/callback"});
  CHECK(has(home.run({"connect", "moody"}).err, "callback_listen="));
  CHECK(has(home.run({"connect", "moody", "--paste"}, "x\n").out,
            "redirect_uri=https://erp.example.com/callback\n"));
}

TEST_CASE("the redirect follows the settings") {
  using host::connect::plan_redirect;
  const auto local = plan_redirect({"http://127.0.0.1:9000/back", "", false, false});
  REQUIRE(local.has_value());
  CHECK(local->port == 9000);
  CHECK(local->path == "/back");
  CHECK(local->allowed_hosts == std::vector<std::string>{"127.0.0.1:9000"});
  const auto behind =
      plan_redirect({"https://erp.example.com/back", "127.0.0.1:9001", false, false});
  REQUIRE(behind.has_value());
  CHECK(behind->url == "https://erp.example.com/back");
  CHECK(behind->listen_address == "127.0.0.1");
  CHECK(behind->port == 9001);
  for (const char* url : {"ftp://x/", "https://", "https://a b/", "https://x:0/",
                          "https://x:99999/", "https://x/back\\slash",
                          "https://x/call\x01"
                          "back",
                          "https://x/r\xC3\xBC"
                          "ck"})
    CHECK_FALSE(plan_redirect({url, "127.0.0.1:9001", false, false}).has_value());
  CHECK_FALSE(plan_redirect({"https://x/", "9001", false, false}).has_value());
}
