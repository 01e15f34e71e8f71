#include "caller.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>

using tls_peer::answer;
using tls_peer::Request;
using tls_peer::serving;
using tls_peer::Stream;
using tls_peer::TrustedPeer;

TEST_CASE("proxies of the environment are not used") {
  std::atomic<int> proxied{0};
  TrustedPeer proxy([&](Stream&) { ++proxied; }, {}, {.tls = false});
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  const std::string address = "http://127.0.0.1:" + std::to_string(proxy.peer.port());
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    setenv(name, address.c_str(), 1);
  CHECK(Caller(world.ca_file()).get(world.peer.url()));
  CHECK(proxied == 0);
  CHECK(proxy.peer.connections() == 0);
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    unsetenv(name);
}

TEST_CASE("authorities of the environment are not believed") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"})
    setenv(name, world.ca_file().c_str(), 1);
  setenv("SSL_CERT_DIR", std::filesystem::path(world.ca_file()).parent_path().c_str(), 1);
  const auto response = Caller("").get(world.peer.url());
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == qb::http::Failure::Kind::tls);
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR"})
    unsetenv(name);
}

TEST_CASE("session keys are not written to the file the environment names") {
  process::TemporaryFolder folder;
  setenv("SSLKEYLOGFILE", (folder / "keys").c_str(), 1); // libcurl reads it when it starts
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  CHECK(Caller(world.ca_file()).get(world.peer.url()));
  unsetenv("SSLKEYLOGFILE");
  if (std::filesystem::exists(folder / "keys")) CHECK(process::text_of(folder / "keys") == "");
}
