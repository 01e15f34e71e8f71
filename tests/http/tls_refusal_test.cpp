#include "caller.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <doctest/doctest.h>

using tls_peer::answer;
using tls_peer::Identity;
using tls_peer::make_authority;
using tls_peer::make_identity;
using tls_peer::Options;
using tls_peer::Peer;
using tls_peer::Request;
using tls_peer::Stream;
using Kind = qb::http::Failure::Kind;

namespace {

// Calls a peer with this identity, believing `authority`; nothing may reach it.
void check_refused(const Identity& identity, const Identity& authority, Options options = {}) {
  process::TemporaryFolder folder;
  process::write_text(folder / "ca.pem", authority.pem());
  std::atomic<bool> reached{false};
  Peer peer(
      identity, [&](Stream& stream) { reached = stream.next_request().has_value(); }, options);
  Caller caller(folder / "ca.pem");
  const auto response =
      caller.transport.exchange({"POST", peer.url(), {{"Authorization", "Bearer canary"}}, "{}"});
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::tls);
  CHECK_FALSE(response.error().request_left);
  CHECK(response.error().words.find("canary") == std::string::npos);
  CHECK_FALSE(reached);
  CHECK(peer.connections() == 1); // and no second try with less
}

} // namespace

TEST_CASE("a certificate that nobody vouches for is refused") {
  const Identity authority = make_authority();
  check_refused(make_identity(nullptr), authority);
  const Identity stranger = make_authority();
  check_refused(make_identity(&stranger), authority);
}

TEST_CASE("an expired certificate is refused, and one from tomorrow too") {
  const Identity authority = make_authority();
  check_refused(make_identity(&authority, {.valid_from_s = -7200, .valid_until_s = -3600}),
                authority);
  check_refused(make_identity(&authority, {.valid_from_s = 3600, .valid_until_s = 7200}),
                authority);
}

TEST_CASE("a certificate of another host is refused") {
  const Identity authority = make_authority();
  check_refused(make_identity(&authority, {.names = {"DNS:quickbooks.example.com"}}), authority);
}

TEST_CASE("TLS 1.1 is refused") {
  const Identity authority = make_authority();
  check_refused(make_identity(&authority), authority, {.version_max = TLS1_1_VERSION});
}

TEST_CASE("TLS 1.2 is taken") {
  tls_peer::TrustedPeer world(tls_peer::serving([](const Request&) { return answer(200, "{}"); }),
                              {}, {.version_max = TLS1_2_VERSION});
  CHECK(Caller(world.ca_file()).get(world.peer.url()));
}

TEST_CASE("a handshake that breaks off sends nothing") {
  const Identity authority = make_authority();
  process::TemporaryFolder folder;
  process::write_text(folder / "ca.pem", authority.pem());
  for (const char* bytes : {"", "\x16\x03\x03\x00\x7a\x02\x00", "HTTP/1.1 200 OK\r\n\r\n"}) {
    Peer peer(make_identity(&authority), [&](Stream& stream) { stream.write(bytes); },
              {.tls = false});
    const auto response = Caller(folder / "ca.pem").post(peer.url(), "{}");
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == Kind::tls);
    CHECK_FALSE(response.error().request_left);
  }
}

TEST_CASE("the system's authorities do not vouch for a stranger when none are named") {
  tls_peer::TrustedPeer world(tls_peer::serving([](const Request&) { return answer(200, "{}"); }));
  const auto response = Caller("").get(world.peer.url());
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::tls);
}

TEST_CASE("a file of authorities that is not there opens nothing") {
  tls_peer::TrustedPeer world(tls_peer::serving([](const Request&) { return answer(200, "{}"); }));
  const auto response = Caller("/nowhere/ca.pem").get(world.peer.url());
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::tls);
  CHECK_FALSE(response.error().request_left);
}
