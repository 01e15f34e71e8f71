#include "http/curl_transport.hpp"
#include "oauth/grant.hpp"
#include "oauth/grant_answer.hpp"
#include "scripted.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace qb::oauth;
using tls_peer::Request;
using tls_peer::serving;
using tls_peer::Stream;
using tls_peer::TrustedPeer;

namespace {

constexpr const char* good_answer =
    R"({"token_type":"bearer","access_token":"eyJ1","expires_in":3600,"refresh_token":"AB1",)"
    R"("x_refresh_token_expires_in":8726400,"x_refresh_token_hard_expires_in":157680000})";

const Credentials credentials{"ABclient", "s3cr3t&+="};

Endpoints at(const tls_peer::Peer& peer) {
  return {peer.url("/connect"), peer.url("/tokens"), peer.url("/revoke"), peer.url(""), true};
}

Refusal::Kind kind_for(int status, const std::string& body, qb::http::Headers headers = {}) {
  const auto grant = read_grant({status, std::move(headers), body});
  REQUIRE_FALSE(grant);
  CHECK(grant.error().words.size() > 20);
  return grant.error().kind;
}

} // namespace

TEST_CASE("the address a person opens says who asks for what") {
  const Endpoints intuit{"https://appcenter.intuit.com/connect/oauth2", "", "", "", true};
  const std::string url =
      authorize_url(intuit, {"ABxyz", "s"}, "https://connect.example.com/qbo/callback", "7f3c91");
  const std::string page = "https://appcenter.intuit.com/connect/oauth2?";
  REQUIRE(url.substr(0, page.size()) == page);
  CHECK(url.find("://connect") == std::string::npos); // escaped
  CHECK(qb::http::parse_query(url.substr(page.size())) ==
        qb::http::Fields{{"client_id", "ABxyz"},
                         {"response_type", "code"},
                         {"scope", "com.intuit.quickbooks.accounting"},
                         {"redirect_uri", "https://connect.example.com/qbo/callback"},
                         {"state", "7f3c91"}});
}

TEST_CASE("states are long, url-safe and never the same") {
  std::set<std::string> states;
  for (int i = 0; i < 1000; ++i)
    states.insert(make_state());
  CHECK(states.size() == 1000);
  for (const std::string& state : states) {
    CHECK(state.size() == 43); // 256 bits
    CHECK(state.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789-_") == std::string::npos);
  }
}

TEST_CASE("a code is exchanged as Intuit documents it") {
  Request seen;
  TrustedPeer world(serving([&](const Request& request) {
    seen = request;
    return tls_peer::answer(200, good_answer);
  }));
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport({true, world.ca_file()}, {}, cancelled);
  const auto tokens = exchange_code(transport, at(world.peer), credentials, "co/de+1",
                                    "http://localhost:9/callback?a=b");
  REQUIRE(tokens);
  CHECK(tokens->access_token == "eyJ1");
  CHECK(tokens->refresh_token == "AB1");
  CHECK(tokens->access_expires_in_s == 3600);
  CHECK(tokens->refresh_expires_in_s == 8726400);
  CHECK(tokens->refresh_hard_expires_in_s == 157680000);
  CHECK(seen.method == "POST");
  CHECK(seen.target == "/tokens");
  CHECK(seen.headers["authorization"] == "Basic QUJjbGllbnQ6czNjcjN0Jis9");
  CHECK(seen.headers["content-type"] == "application/x-www-form-urlencoded");
  CHECK(seen.headers["accept"] == "application/json");
  CHECK(seen.headers["x-include-refresh-token-hard-expires-in"] == "true");
  CHECK(qb::http::parse_query(seen.body) ==
        qb::http::Fields{{"grant_type", "authorization_code"},
                         {"code", "co/de+1"},
                         {"redirect_uri", "http://localhost:9/callback?a=b"}});
}

TEST_CASE("a grant that gets no answer is asked for once, not twice") {
  std::atomic<int> requests{0};
  TrustedPeer world([&](Stream& stream) {
    if (stream.next_request()) ++requests;
  });
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport({true, world.ca_file()}, {}, cancelled);
  const auto code = exchange_code(transport, at(world.peer), credentials, "c", "r");
  REQUIRE_FALSE(code);
  CHECK(code.error().kind == Refusal::Kind::lost);
  CHECK(requests == 1);
  const auto refreshed = refresh(transport, at(world.peer), credentials, "AB1");
  REQUIRE_FALSE(refreshed);
  CHECK(refreshed.error().kind == Refusal::Kind::lost);
  CHECK(requests == 2);
}

TEST_CASE("a service that is not there was not asked") {
  std::string url;
  {
    TrustedPeer gone([](Stream&) {});
    url = gone.peer.url("/tokens");
  }
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport({true, ""}, {}, cancelled);
  const auto tokens = refresh(transport, {"", url, "", "", true}, credentials, "AB1");
  REQUIRE_FALSE(tokens);
  CHECK(tokens.error().kind == Refusal::Kind::unreachable);
}

TEST_CASE("each answer of the token endpoint has its meaning") {
  using Kind = Refusal::Kind;
  CHECK(kind_for(400, R"({"error":"invalid_grant"})") == Kind::invalid_grant);
  CHECK(kind_for(400, R"({"error":"invalid_grant","error_description":"Token invalid"})") ==
        Kind::invalid_grant);
  CHECK(kind_for(400, R"({"error":"invalid_client"})") == Kind::invalid_client);
  CHECK(kind_for(401, R"({"error":"invalid_client"})") == Kind::invalid_client);
  CHECK(kind_for(401, "", {{"WWW-Authenticate", "Basic error=\"invalid_client\""}}) ==
        Kind::invalid_client);
  CHECK(kind_for(400, R"({"error":"unsupported_grant_type"})") == Kind::other_refusal);
  CHECK(kind_for(400, R"({"error":"invalid_request"})") == Kind::other_refusal);
  CHECK(kind_for(429, "") == Kind::unreachable);
  CHECK(kind_for(500, R"({"error":"invalid_grant"})") == Kind::lost);
  CHECK(kind_for(503, "<html>maintenance</html>") == Kind::lost);
  CHECK(kind_for(200, "<html>Welcome to the hotel</html>") == Kind::lost);
  CHECK(kind_for(200, "{}") == Kind::lost);
  CHECK(kind_for(200, R"({"access_token":"ey)") == Kind::lost);
  CHECK(kind_for(403, "<html>blocked</html>") == Kind::lost);
  CHECK(kind_for(302, "") == Kind::lost);
}

TEST_CASE("what a stranger writes into an error does not reach a person or the log") {
  const auto grant =
      read_grant({400, {}, R"({"error":"canary <script>","error_description":"canary"})"});
  REQUIRE_FALSE(grant);
  CHECK(grant.error().words.find("canary") == std::string::npos);
}

TEST_CASE("the id that Intuit's support asks for is kept") {
  CHECK(read_grant({400, {{"intuit_tid", "1-a"}}, "{}"}).error().intuit_tid == "1-a");
  CHECK(read_grant({400, {{"Intuit-Tid", "1-b"}}, "{}"}).error().intuit_tid == "1-b");
}

TEST_CASE("odd lifetimes do no harm") {
  const auto tokens = [](const std::string& expires) {
    return read_grant(
        {200, {}, R"({"access_token":"a","refresh_token":"b","expires_in":)" + expires + "}"});
  };
  CHECK(tokens("3600")->access_expires_in_s == 3600);
  CHECK(tokens("\"1800\"")->access_expires_in_s == 1800);
  CHECK(tokens("-5")->access_expires_in_s == 3600);
  CHECK(tokens("null")->access_expires_in_s == 3600);
  CHECK(tokens("999999999999999999999999")->access_expires_in_s == 3600);
  CHECK(tokens("9223372036854775807")->access_expires_in_s < 400'000'000);
}

TEST_CASE("revoking tells the token and takes no for an answer where it is gone already") {
  int status = 200;
  std::string body;
  Scripted intuit([&](const qb::http::Message&) { return response(status, body); });
  const Endpoints endpoints{"", "", "https://developer.api.intuit.com/v2/oauth2/tokens/revoke", "",
                            true};
  CHECK_FALSE(revoke(intuit, endpoints, credentials, "AB\"1"));
  CHECK(intuit.asked[0].body == R"({"token":"AB\"1"})");
  CHECK(intuit.asked[0].url == endpoints.revoke);
  status = 400;
  CHECK_FALSE(revoke(intuit, endpoints, credentials, "AB1"));
  body = R"({"error":"invalid_client"})";
  CHECK(revoke(intuit, endpoints, credentials, "AB1"));
  status = 503;
  CHECK(revoke(intuit, endpoints, credentials, "AB1"));
}
