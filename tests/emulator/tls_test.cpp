#include "emulated.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace emulated;
using process::text_of;

namespace {

std::string port_of(const Emulator& emulator) {
  return emulator.url().substr(emulator.url().rfind(':') + 1);
}

} // namespace

TEST_CASE("the certificate is good for localhost, 127.0.0.1 and ::1 and for no other name") {
  Emulator emulator;
  const auto end = ":" + port_of(emulator) + "/_emulator/clock";
  CHECK(emulator.client().get("https://localhost" + end).status == 200);
  CHECK(emulator.client().get("https://127.0.0.1" + end).status == 200);
  if (std::filesystem::exists("/proc/net/if_inet6") && !text_of("/proc/net/if_inet6").empty())
    CHECK(emulator.client().get("https://[::1]" + end).status == 200);
  else
    MESSAGE("skipped for ::1: this machine has no IPv6");
  CHECK(emulator.client().get("https://127.0.0.2" + end).result == CURLE_COULDNT_CONNECT);
}

TEST_CASE("a client that does not know the CA refuses the emulator") {
  Emulator emulator, stranger;
  Client mistaken(stranger.ca_file());
  CHECK(mistaken.get(emulator.url() + "/_emulator/clock").result == CURLE_PEER_FAILED_VERIFICATION);
}

TEST_CASE("the CA stays the same over restarts, a broken leaf is replaced under it") {
  Emulator emulator;
  const auto ca = text_of(emulator.ca_file());
  const auto leaf = text_of(emulator.folder() / "tls" / "leaf.pem");
  emulator.stop();
  emulator.start();
  CHECK(text_of(emulator.ca_file()) == ca);
  CHECK(text_of(emulator.folder() / "tls" / "leaf.pem") == leaf);
  emulator.stop();
  std::ofstream(emulator.folder() / "tls" / "leaf.pem") << "no certificate";
  emulator.start();
  CHECK(text_of(emulator.ca_file()) == ca);
  CHECK(text_of(emulator.folder() / "tls" / "leaf.pem") != leaf);
  CHECK(emulator.client().get(emulator.url() + "/_emulator/clock").status == 200);
}

TEST_CASE("a certificate of the user's own is presented instead") {
  Emulator maker;
  const auto tls = maker.folder() / "tls";
  Emulator emulator(
      {"--tls-cert", (tls / "leaf.pem").string(), "--tls-key", (tls / "leaf.key.pem").string()});
  CHECK_FALSE(std::filesystem::exists(emulator.ca_file()));
  Client knowing(maker.ca_file());
  CHECK(knowing.get(emulator.url() + "/_emulator/clock").status == 200);
}

TEST_CASE("plain HTTP is not answered") {
  Emulator emulator;
  const auto heard =
      emulator.client().get("http://127.0.0.1:" + port_of(emulator) + "/_emulator/clock");
  CHECK(heard.result != CURLE_OK);
  CHECK(heard.body.empty());
}

TEST_CASE("a peer that says nothing does not keep the emulator from ending") {
  Emulator emulator;
  const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(static_cast<uint16_t>(std::stoi(port_of(emulator))));
  REQUIRE(::connect(silent, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
  const auto ended = emulator.stop();
  ::close(silent);
  CHECK(ended.exit_code == 0);
  CHECK_FALSE(ended.timed_out);
}

TEST_CASE("large answers are compressed for a client that asks for it") {
  Emulator emulator;
  const auto token = emulator.administrator_token();
  const auto url = emulator.url() + "/v3/company/" + first_realm + "/vendor/1";
  const Asked plain{{}, {"Authorization: Bearer " + token, "Accept: application/json"}};
  auto zipped = plain;
  zipped.headers.push_back("Accept-Encoding: gzip, br");
  const auto one = emulator.client().get(url, plain);
  const auto other = emulator.client().get(url, zipped);
  CHECK_FALSE(one.headers.contains("content-encoding"));
  CHECK(other.headers.at("content-encoding") == "gzip");
  CHECK(other.body.size() < one.body.size());
  CHECK(other.body.substr(0, 2) == "\x1f\x8b");
}

TEST_CASE("help teaches and wrong options are refused") {
  const auto help = process::run(QBO_EMULATOR, {"--help"});
  CHECK(help.exit_code == 0);
  for (const char* word : {"--port", "--state", "--tls-cert", "--latency-ms", "--region",
                           "--throttle", "--clock", "--auto-consent", "/_emulator/app"})
    CHECK_MESSAGE(help.out.find(word) != std::string::npos, word);
  CHECK(process::run(QBO_EMULATOR, {}).exit_code != 0);
  CHECK(
      process::run(QBO_EMULATOR, {"--port", "0", "--state", "/tmp", "--region", "FR"}).exit_code !=
      0);
  CHECK(process::run(QBO_EMULATOR, {"--port", "0", "--state", "/dev/null/x"}).exit_code == 1);
}
