#include "company/wire.hpp"
#include "http/curl_transport.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <doctest/doctest.h>

using namespace qb::company;
using qb::qbo::Entity;
using qb::verdict::OutcomeKind;
using tls_peer::Request;
using tls_peer::Stream;
using tls_peer::TrustedPeer;

namespace {

constexpr const char* order = R"({"PurchaseOrder":{"Id":"125"}})";

struct Line {
  TrustedPeer peer;
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport;
  erp::Instant now = 0;
  Wire wire;

  explicit Line(tls_peer::Play play)
      : peer(std::move(play)), transport({true, peer.ca_file()}, {}, cancelled),
        wire(transport, peer.peer.url(""), [this] { return now += 7000; }) {}
  Reply call(const qb::qbo::Request& request, const std::string& request_id) {
    return wire.call(request, request_id, {"eyJtoken", "9341453000000001"});
  }
};

} // namespace

TEST_CASE("a write goes out as Intuit documents it") {
  Request seen;
  Line line(tls_peer::serving([&](const Request& request) {
    seen = request;
    return tls_peer::answer(200, order);
  }));
  const std::string body = R"({"Line":[{"Amount":0.1}],"PrivateNote":"ä\"\\"})";
  const Reply reply = line.call(qb::qbo::create_or_update(Entity::purchase_order, body), "r-1");
  CHECK(reply.outcome.kind == OutcomeKind::accepted);
  CHECK(reply.duration_ms == 7);
  CHECK(seen.method == "POST");
  CHECK(seen.target == "/v3/company/9341453000000001/purchaseorder?requestid=r-1&minorversion=75");
  CHECK(seen.body == body); // byte for byte
  CHECK(seen.headers["authorization"] == "Bearer eyJtoken");
  CHECK(seen.headers["accept"] == "application/json");
  CHECK(seen.headers["content-type"] == "application/json");
}

TEST_CASE("a query survives the way with all its signs") {
  Request seen;
  Line line(tls_peer::serving([&](const Request& request) {
    seen = request;
    return tls_peer::answer(200, R"({"QueryResponse":{}})");
  }));
  const std::string where = "DisplayName = 'O\\'Hara & Söhne = 100% + #1?'";
  const auto query = qb::qbo::page(Entity::vendor, 1001, true, where);
  CHECK(line.call(query, "").outcome.kind == OutcomeKind::accepted);
  CHECK(seen.method == "GET");
  CHECK(seen.headers.count("content-type") == 0);
  const std::string start = "/v3/company/9341453000000001/query?";
  REQUIRE(seen.target.substr(0, start.size()) == start);
  CHECK(qb::http::parse_query(seen.target.substr(start.size())) ==
        qb::http::Fields{query.query.front(), {"minorversion", "75"}});
}

TEST_CASE("an id from a hostile answer stays within its segment of the path") {
  Request seen;
  Line line(tls_peer::serving([&](const Request& request) {
    seen = request;
    return tls_peer::answer(200, "{}");
  }));
  (void)line.call({qb::qbo::Method::get, "bill/1?a=b#c/ d", {}, ""}, "");
  CHECK(seen.target.find("/bill/1%3") != std::string::npos);
  CHECK(seen.target.find("a=b") == std::string::npos);
}

TEST_CASE("answers of every kind of wickedness are in doubt, never accepted") {
  const std::vector<std::string> answers{
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"PurchaseOrder\":{\"Id\":\"1\"}}",
      "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n" + std::string(order),
      "HTTP/1.1 200 OK\r\n\r\n{\"PurchaseOrder\":{\"Id\":\"1\"",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
      tls_peer::answer(200, "<html>Sign in to the network</html>", {{"Content-Type", "text/html"}}),
      tls_peer::answer(302, "", {{"Location", "http://127.0.0.1/"}}),
      tls_peer::answer(204, ""),
      "nonsense"};
  for (const std::string& answer : answers) {
    CAPTURE(answer);
    Line line([&](Stream& stream) {
      if (stream.next_request()) stream.write(answer);
    });
    const Reply reply = line.call(qb::qbo::create_or_update(Entity::purchase_order, "{}"), "r");
    CHECK(qb::verdict::in_doubt(reply.outcome.kind));
    CHECK(reply.answer.is_null());
    CHECK(reply.outcome.words != "");
  }
}

TEST_CASE("an address that is not trusted is never called") {
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport({false, ""}, {}, cancelled);
  Wire wire(transport, "https://quickbooks.example.com", [] { return erp::Instant{0}; });
  const Reply reply =
      wire.call(qb::qbo::create_or_update(Entity::bill, "{}"), "r", {"eyJtoken", "1"});
  CHECK(reply.outcome.kind == OutcomeKind::unreachable);
}
