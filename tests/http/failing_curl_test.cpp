#include "caller.hpp"
#include "machine.h"
#include "tls_peer/trusted_peer.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <doctest/doctest.h>
#include <new>
#include <thread>

using tls_peer::answer;
using tls_peer::Request;
using tls_peer::serving;
using tls_peer::Stream;
using tls_peer::TrustedPeer;
using Kind = qb::http::Failure::Kind;

namespace {

// What is called in here meets the fault, if one is set.
class Within {
 public:
  Within() {
    machine_enter();
    machine_arm(1);
  }
  ~Within() {
    machine_arm(0);
    machine_leave();
  }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;
};

} // namespace

TEST_CASE("whichever call of libcurl fails, a call ends with a failure and the next one goes out") {
  TrustedPeer world(serving([](const Request&) { return answer(200, "{}"); }));
  Caller caller(world.ca_file());
  const auto post = [&](long failing) {
    machine_fail(call_curl, failing, ENOMEM);
    const Within meeting_it;
    return caller.post(world.peer.url(), "{}");
  };
  REQUIRE(post(0));
  const long calls = machine_calls(call_curl);
  REQUIRE(calls > 20);
  for (long failing = 1; failing <= calls; ++failing) {
    CAPTURE(failing);
    try {
      if (const auto response = post(failing); !response) {
        CHECK(response.error().kind == Kind::other);
        CHECK_FALSE(response.error().words.empty());
      } else {
        CHECK(response->status == 200);
      }
    } catch (const std::bad_alloc&) { // as of any other memory that is not there
    }
    CHECK(post(0));
  }
}

// libcurl goes on with a socket that it could not make non-blocking, and waits in it.
TEST_CASE("whichever call on a socket fails, a call that gets no answer ends in its time") {
  constexpr auto silent_for = std::chrono::seconds(3);
  std::atomic<bool> over{false};
  TrustedPeer world([&](Stream& stream) {
    const auto until = std::chrono::steady_clock::now() + silent_for;
    if (!stream.next_request()) return;
    while (!over && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  });
  constexpr long calls = 12; // before the request has left; what follows is waiting
  for (long failing = 1; failing <= calls; ++failing) {
    CAPTURE(failing);
    Caller caller(world.ca_file(), {.total_timeout_ms = 200});
    machine_fail(call_socket, failing, ECONNRESET);
    const auto began = std::chrono::steady_clock::now();
    {
      const Within meeting_it;
      CHECK_FALSE(caller.post(world.peer.url(), "{}"));
    }
    over = true;
    CHECK(ms_since(began) < 1500);
    over = false;
  }
}

TEST_CASE("whichever call of libcurl fails, an address is never taken for another one") {
  const std::string odd = "https://somebody:word@quickbooks.api.intuit.com:8443/v3";
  const std::string odd_port = "https://quickbooks.api.intuit.com:8443/v3";
  long calls = 1;
  for (long failing = 0; failing <= calls; ++failing) {
    CAPTURE(failing);
    machine_fail(call_curl, failing, ENOMEM);
    try {
      const Within meeting_it;
      for (const std::string& text : {odd, odd_port}) {
        const bool refused = qb::http::refusal_of(text, {}).has_value();
        CHECK(refused);
      }
      const std::string origin = qb::http::origin_of(odd_port);
      CHECK(origin == "https://quickbooks.api.intuit.com:8443");
      const std::string asked = qb::http::with_query(odd_port, {{"a", "1"}});
      CHECK(asked == odd_port + "?a=1");
    } catch (const std::bad_alloc&) {
    }
    if (failing == 0) calls = machine_calls(call_curl);
  }
  CHECK(calls > 15);
}
