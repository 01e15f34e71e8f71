#include "caller.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <doctest/doctest.h>
#include <thread>
#include <zlib.h>

using tls_peer::answer;
using tls_peer::Play;
using tls_peer::Request;
using tls_peer::Stream;
using tls_peer::TrustedPeer;
using Kind = qb::http::Failure::Kind;

namespace {

Play after_request(std::function<void(Stream&)> rest) {
  return [rest](Stream& stream) {
    if (stream.next_request()) rest(stream);
  };
}

std::string gzip(const std::string& text) {
  z_stream z{};
  deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&z, text.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  deflate(&z, Z_FINISH);
  packed.resize(z.total_out);
  deflateEnd(&z);
  return packed;
}

// What comes of one POST to a server that plays `play`.
tl::expected<qb::http::Response, qb::http::Failure> outcome_of(const Play& play,
                                                               qb::http::Bounds bounds = {}) {
  TrustedPeer world(play);
  Caller caller(world.ca_file(), bounds);
  return caller.post(world.peer.url(), "{}");
}

} // namespace

TEST_CASE("an answer cut in the middle is no answer") {
  const auto cut = outcome_of(after_request([](Stream& stream) {
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"PurchaseOrder\":");
  }));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().kind == Kind::cut);
  CHECK(cut.error().request_left);
}

TEST_CASE("a chunked answer without its end is no answer") {
  const auto cut = outcome_of(after_request([](Stream& stream) {
    stream.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n");
  }));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().kind == Kind::cut);
  CHECK(cut.error().request_left);
}

TEST_CASE("a reset after the request leaves open whether it was done") {
  const auto cut = outcome_of(after_request([](Stream& stream) { stream.reset(); }));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().kind == Kind::cut);
  CHECK(cut.error().request_left);
}

TEST_CASE("headers cut in the middle are no answer") {
  const auto cut =
      outcome_of(after_request([](Stream& stream) { stream.write("HTTP/1.1 200 OK\r\nConte"); }));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().request_left);
}

TEST_CASE("gzip is read") {
  const auto response = outcome_of(after_request([](Stream& stream) {
    stream.write(answer(200, gzip("{\"a\":1}"), {{"Content-Encoding", "gzip"}}));
  }));
  REQUIRE(response);
  CHECK(response->body == "{\"a\":1}");
}

TEST_CASE("damaged gzip is no answer") {
  const auto response = outcome_of(after_request([](Stream& stream) {
    stream.write(answer(200, "this is not compressed", {{"Content-Encoding", "gzip"}}));
  }));
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::cut);
  CHECK(response.error().request_left);
}

TEST_CASE("a gzip bomb is put away after the bytes we allow") {
  const std::string bomb = gzip(std::string(64u * 1024 * 1024, ' '));
  REQUIRE(bomb.size() < 100'000);
  const auto response =
      outcome_of(after_request([&](Stream& stream) {
                   stream.write(answer(200, bomb, {{"Content-Encoding", "gzip"}}));
                 }),
                 {.body_max_bytes = 1024 * 1024});
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::too_large);
  CHECK(response.error().request_left);
}

TEST_CASE("a body is taken up to the limit and not beyond") {
  for (const std::size_t size : {1000u, 1001u}) {
    CAPTURE(size);
    const auto response = outcome_of(
        after_request([&](Stream& stream) { stream.write(answer(200, std::string(size, 'x'))); }),
        {.body_max_bytes = 1000});
    CHECK(response.has_value() == (size == 1000));
    if (!response) CHECK(response.error().kind == Kind::too_large);
  }
}

TEST_CASE("a flood of headers is cut off") {
  const auto response = outcome_of(after_request([](Stream& stream) {
    stream.write("HTTP/1.1 200 OK\r\n");
    for (int i = 0;
         stream.write("X-" + std::to_string(i) + ": " + std::string(1000, 'h') + "\r\n");)
      ++i;
  }));
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::too_large);
  CHECK(response.error().request_left);
}

TEST_CASE("an answer that trickles is given up") {
  const auto start = std::chrono::steady_clock::now();
  const auto response = outcome_of(after_request([](Stream& stream) {
                                     stream.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
                                     while (stream.write("x"))
                                       std::this_thread::sleep_for(std::chrono::milliseconds(100));
                                   }),
                                   {.low_speed_bytes_per_s = 100, .low_speed_s = 1});
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::timeout);
  CHECK(response.error().request_left);
  CHECK(ms_since(start) < 6000);
}

TEST_CASE("a call has an end, however busy it is") {
  const auto start = std::chrono::steady_clock::now();
  const auto response =
      outcome_of(after_request([](Stream& stream) {
                   stream.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
                   while (stream.write(std::string(1000, 'x')))
                     std::this_thread::sleep_for(std::chrono::milliseconds(20));
                 }),
                 {.total_timeout_ms = 700});
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == Kind::timeout);
  CHECK(ms_since(start) < 4000);
}

TEST_CASE("a redirect is an answer and is not followed") {
  std::atomic<int> elsewhere{0};
  TrustedPeer other([&](Stream&) { ++elsewhere; });
  for (const std::string& target : {std::string("http://127.0.0.1:1/"), other.peer.url()}) {
    const auto response = outcome_of(after_request([&](Stream& stream) {
      stream.write(answer(302, "", {{"Location", target}}));
    }));
    REQUIRE(response);
    CHECK(response->status == 302);
  }
  CHECK(elsewhere == 0);
}

TEST_CASE("what does not speak http is no answer") {
  const auto response =
      outcome_of(after_request([](Stream& stream) { stream.write("220 mail.example.com\r\n"); }));
  REQUIRE_FALSE(response);
  CHECK(response.error().request_left);
}

TEST_CASE("an interim answer is not the answer") {
  const auto response = outcome_of(after_request([](Stream& stream) {
    stream.write("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n" + answer(201, "{}"));
  }));
  REQUIRE(response);
  CHECK(response->status == 201);
  CHECK_FALSE(response->header("X-Interim"));
}
