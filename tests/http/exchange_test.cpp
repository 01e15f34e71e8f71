#include "caller.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <doctest/doctest.h>
#include <thread>

using tls_peer::answer;
using tls_peer::Request;
using tls_peer::serving;
using tls_peer::Stream;
using tls_peer::TrustedPeer;
using Kind = qb::http::Failure::Kind;

TEST_CASE("a request arrives byte for byte and its answer comes back") {
  Request seen;
  TrustedPeer world(serving([&](const Request& request) {
    seen = request;
    return answer(200, R"({"ok":true})", {{"Intuit-Tid", "1-abc"}});
  }));
  Caller caller(world.ca_file());
  const auto response = caller.post(world.peer.url("/v3/x?minorversion=75"), "{\"a\":1}");
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->body == R"({"ok":true})");
  CHECK(response->header("intuit-tid").value_or("") == "1-abc");
  CHECK_FALSE(response->header("intuit_tid"));
  CHECK(seen.method == "POST");
  CHECK(seen.target == "/v3/x?minorversion=75");
  CHECK(seen.body == "{\"a\":1}");
  CHECK(seen.headers["content-type"] == "application/json");
  CHECK(seen.headers["accept-encoding"] == "gzip");
  CHECK(seen.headers.count("expect") == 0);
}

TEST_CASE("a 404 and a 500 are answers") {
  TrustedPeer world(serving(
      [](const Request& request) { return answer(request.target == "/500" ? 500 : 404, "no"); }));
  Caller caller(world.ca_file());
  CHECK(caller.get(world.peer.url("/x"))->status == 404);
  CHECK(caller.get(world.peer.url("/500"))->status == 500);
}

TEST_CASE("one connection serves many calls") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  Caller caller(world.ca_file());
  for (int i = 0; i < 20; ++i)
    REQUIRE(caller.post(world.peer.url(), "{}"));
  CHECK(world.peer.connections() == 1);
}

TEST_CASE("what must be sent once goes out on a connection of its own") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  Caller caller(world.ca_file());
  for (int i = 0; i < 3; ++i)
    REQUIRE(caller.post(world.peer.url(), "{}", true));
  CHECK(world.peer.connections() == 3);
}

TEST_CASE("a kept connection that the server closed does not repeat what must be sent once") {
  std::atomic<int> requests{0};
  TrustedPeer world([&](Stream& stream) {
    if (!stream.next_request()) return;
    ++requests;
    if (requests == 1) stream.write(answer(200, "{}")); // the others get no answer
  });
  Caller caller(world.ca_file());
  REQUIRE(caller.get(world.peer.url()));
  const auto lost = caller.post(world.peer.url(), "{}", true);
  REQUIRE_FALSE(lost);
  CHECK(lost.error().request_left);
  CHECK(requests == 2);
}

TEST_CASE(
    "a kept connection that is closed under a request does not repeat what must be sent once") {
  std::atomic<int> requests{0};
  TrustedPeer world([&](Stream& stream) {
    while (stream.next_request())
      if (++requests == 1)
        stream.write(answer(200, "{}"));
      else
        return; // closed as the request arrives: curl would send that again
  });
  Caller caller(world.ca_file());
  REQUIRE(caller.get(world.peer.url()));
  const auto lost = caller.post(world.peer.url(), "{}", true);
  REQUIRE_FALSE(lost);
  CHECK(lost.error().request_left);
  CHECK(requests == 2);
}

TEST_CASE("headers of the next call are not those of the last") {
  std::vector<Request> seen;
  TrustedPeer world(serving([&](const Request& request) {
    seen.push_back(request);
    return answer(200, "{}");
  }));
  Caller caller(world.ca_file());
  REQUIRE(caller.transport.exchange(
      {"GET", world.peer.url(), {{"Authorization", "Bearer first"}}, ""}));
  REQUIRE(caller.get(world.peer.url()));
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].headers["authorization"] == "Bearer first");
  CHECK(seen[1].headers.count("authorization") == 0);
}

TEST_CASE("a header that tries to be two is refused before anything is sent") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  Caller caller(world.ca_file());
  CHECK_THROWS_AS((void)caller.transport.exchange(
                      {"GET", world.peer.url(), {{"X", "a\r\nAuthorization: b"}}, ""}),
                  std::invalid_argument);
  CHECK(world.peer.connections() == 0);
}

TEST_CASE("nobody listening means that nothing was sent") {
  int port = 0;
  {
    TrustedPeer gone([](Stream&) {});
    port = gone.peer.port();
  }
  Caller caller("");
  const auto failure = caller.get("https://127.0.0.1:" + std::to_string(port) + "/");
  REQUIRE_FALSE(failure);
  CHECK(failure.error().kind == Kind::connect_refused);
  CHECK_FALSE(failure.error().request_left);
}

TEST_CASE("a name that does not resolve means that nothing was sent") {
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport({false, ""}, {5000}, cancelled);
  const auto failure =
      transport.exchange({"GET", "https://no-such-name.invalid.intuit.com/", {}, ""});
  REQUIRE_FALSE(failure);
  CHECK((failure.error().kind == Kind::name_not_resolved ||
         failure.error().kind == Kind::connect_timeout));
  CHECK_FALSE(failure.error().request_left);
}

TEST_CASE("an address that is not trusted is not even resolved") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport strict({false, world.ca_file()}, {}, cancelled);
  const auto failure = strict.exchange({"GET", world.peer.url(), {}, ""});
  REQUIRE_FALSE(failure);
  CHECK_FALSE(failure.error().request_left);
  CHECK(failure.error().words.find("intuit.com") != std::string::npos);
  CHECK(world.peer.connections() == 0);
}

TEST_CASE("a server that accepts and stays silent is given up while connecting") {
  TrustedPeer world([](Stream& stream) { (void)stream.next_request(); }, {}, {.tls = false});
  Caller caller(world.ca_file(), {.connect_timeout_ms = 300});
  const auto start = std::chrono::steady_clock::now();
  const auto failure = caller.get(world.peer.url());
  REQUIRE_FALSE(failure);
  CHECK(failure.error().kind == Kind::connect_timeout);
  CHECK_FALSE(failure.error().request_left);
  CHECK(ms_since(start) < 3000);
}

TEST_CASE("a call ends soon when it is cancelled, and the next one works") {
  std::atomic<bool> silent{true};
  TrustedPeer world([&](Stream& stream) {
    while (stream.next_request())
      if (!silent) stream.write(answer(200, "{}"));
  });
  Caller caller(world.ca_file());
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    caller.cancelled = true;
  });
  const auto start = std::chrono::steady_clock::now();
  const auto failure = caller.post(world.peer.url(), "{}");
  stopper.join();
  REQUIRE_FALSE(failure);
  CHECK(failure.error().kind == Kind::cancelled);
  CHECK(failure.error().request_left);
  CHECK(ms_since(start) < 1500);

  const auto refused = caller.get(world.peer.url());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == Kind::cancelled);
  CHECK_FALSE(refused.error().request_left);

  caller.cancelled = false;
  silent = false;
  CHECK(caller.get(world.peer.url()));
}

TEST_CASE("IPv6 loopback is reached as well") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }), {}, {.host = "::1"});
  Caller caller(world.ca_file());
  CHECK(caller.get(world.peer.url("/", "[::1]")));
}
