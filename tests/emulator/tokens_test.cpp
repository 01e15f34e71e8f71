#include "emulated.hpp"

#include <doctest/doctest.h>

using namespace emulated;

namespace {

constexpr int day_s = 24 * 3600;
const std::vector<std::string> standing_clock{"--throttle",     "off",      "--clock", "virtual",
                                              "--auto-consent", "Larkfield"};

long company_status(Emulator& emulator, const json& tokens) {
  return emulator.api(tokens["access_token"], "GET", std::string("companyinfo/") + first_realm)
      .status;
}

} // namespace

TEST_CASE("a code is exchanged once, for the address it was given to, within five minutes") {
  Emulator emulator(standing_clock);
  const auto exchange = [&](const std::string& code, const std::string& redirect) {
    return emulator.token_call(
        {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect}});
  };
  const auto code = emulator.consent()["code"];
  CHECK(exchange(code, "http://localhost:9/other").parsed()["error"] == "invalid_grant");
  const auto first = exchange(code, callback);
  CHECK(first.status == 200);
  const auto tokens = first.parsed();
  CHECK(tokens["token_type"] == "bearer");
  CHECK(tokens["expires_in"] == 3600);
  CHECK(tokens["x_refresh_token_expires_in"] == 8726400);
  CHECK(tokens["x_refresh_token_hard_expires_in"] == 157680000);
  CHECK(tokens["access_token"].get<std::string>().size() > 700);
  CHECK(tokens["refresh_token"].get<std::string>().size() == 50);
  CHECK_FALSE(tokens.contains("id_token"));
  const auto again = exchange(code, callback);
  CHECK(again.status == 400);
  CHECK(again.parsed()["error"] == "invalid_grant");
  CHECK(company_status(emulator, tokens) == 200);

  const auto late = emulator.consent()["code"];
  emulator.advance(301);
  CHECK(exchange(late, callback).parsed()["error"] == "invalid_grant");
}

TEST_CASE("an access token lasts an hour") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  emulator.advance(3599);
  CHECK(company_status(emulator, tokens) == 200);
  emulator.advance(1);
  const auto refused =
      emulator.api(tokens["access_token"], "GET", std::string("companyinfo/") + first_realm);
  CHECK(refused.status == 401);
  CHECK(refused.fault_code() == "3200");
  CHECK(refused.headers.at("www-authenticate") ==
        "Bearer realm=\"Intuit\", error=\"invalid_token\"");
  const auto renewed = emulator.refresh(tokens["refresh_token"]);
  CHECK(renewed.status == 200);
  CHECK(company_status(emulator, renewed.parsed()) == 200);
}

TEST_CASE("a refresh token keeps its value for a day and then rotates, and the old value is dead "
          "at once") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  emulator.advance(day_s - 1);
  const auto same = emulator.refresh(tokens["refresh_token"]).parsed();
  CHECK(same["refresh_token"] == tokens["refresh_token"]);
  CHECK(same["x_refresh_token_expires_in"] == 8726400 - day_s + 1);
  emulator.advance(1);
  const auto rotated = emulator.refresh(tokens["refresh_token"]).parsed();
  CHECK(rotated["refresh_token"] != tokens["refresh_token"]);
  CHECK(rotated["x_refresh_token_expires_in"] == 8726400);
  CHECK(rotated["x_refresh_token_hard_expires_in"] == 157680000 - day_s);
  const auto dead = emulator.refresh(tokens["refresh_token"]);
  CHECK(dead.status == 400);
  CHECK(dead.parsed()["error"] == "invalid_grant");
  CHECK(emulator.refresh(rotated["refresh_token"]).status == 200);
}

TEST_CASE("rotation can be ordered, with a time of grace for the old value") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  emulator.control("POST", "tokens", {{"do", "grace"}, {"seconds", 60}});
  emulator.control("POST", "tokens", {{"do", "rotate_next"}, {"company", "Larkfield"}});
  const auto rotated = emulator.refresh(tokens["refresh_token"]).parsed();
  CHECK(rotated["refresh_token"] != tokens["refresh_token"]);
  CHECK(emulator.refresh(tokens["refresh_token"]).parsed()["refresh_token"] ==
        rotated["refresh_token"]);
  emulator.advance(60);
  CHECK(emulator.refresh(tokens["refresh_token"]).status == 400);
  CHECK(emulator.control("GET", "counts")["tokens"]["refreshes"] == 3);
}

TEST_CASE("an unused refresh token dies after 101 days") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  emulator.advance(101 * day_s);
  CHECK(emulator.refresh(tokens["refresh_token"]).parsed()["error"] == "invalid_grant");
}

TEST_CASE("no use keeps a connection alive for more than five years") {
  Emulator emulator(standing_clock);
  auto tokens = emulator.connect();
  for (int days = 0; days + 100 < 5 * 365; days += 100) {
    emulator.advance(100 * day_s);
    const auto renewed = emulator.refresh(tokens["refresh_token"]);
    REQUIRE(renewed.status == 200);
    tokens = renewed.parsed();
  }
  CHECK(tokens["x_refresh_token_expires_in"] == tokens["x_refresh_token_hard_expires_in"]);
  emulator.advance(tokens["x_refresh_token_hard_expires_in"]);
  CHECK(emulator.refresh(tokens["refresh_token"]).parsed()["error"] == "invalid_grant");
}

TEST_CASE("revoking either token ends the whole connection") {
  for (const char* which : {"refresh_token", "access_token"}) {
    Emulator emulator(standing_clock);
    const auto tokens = emulator.connect();
    const Asked asked{json{{"token", tokens[which]}}.dump(),
                      {"Content-Type: application/json"},
                      emulator.client_id() + ":" +
                          emulator.app()["client_secret"].get<std::string>()};
    const auto revoke = emulator.url() + "/v2/oauth2/tokens/revoke";
    CHECK(emulator.client().post(revoke, asked).status == 200);
    CHECK(company_status(emulator, tokens) == 401);
    CHECK(emulator.refresh(tokens["refresh_token"]).parsed()["error"] == "invalid_grant");
    CHECK(emulator.client().post(revoke, asked).status == 400);
  }
}

TEST_CASE("a customer who disconnects inside QuickBooks leaves dead tokens behind") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  emulator.control("POST", "tokens", {{"do", "disconnect"}, {"company", first_realm}});
  CHECK(company_status(emulator, tokens) == 401);
  CHECK(emulator.refresh(tokens["refresh_token"]).status == 400);
}

TEST_CASE("wrong credentials and malformed token requests are told apart") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  const auto heard = emulator.client().post(
      emulator.url() + "/oauth2/v1/tokens/bearer",
      {encoded({{"grant_type", "refresh_token"}, {"refresh_token", tokens["refresh_token"]}}),
       {},
       emulator.client_id() + ":wrong"});
  CHECK(heard.status == 401);
  CHECK(heard.parsed()["error"] == "invalid_client");
  CHECK(emulator.token_call({}).parsed()["error"] == "invalid_request");
  CHECK(emulator.token_call({{"grant_type", "password"}}).parsed()["error"] ==
        "unsupported_grant_type");
  CHECK(emulator.refresh("").parsed()["error"] == "invalid_grant");
}

TEST_CASE("the scope openid brings an id token and opens the user information") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect(std::string(accounting) + " openid email");
  REQUIRE(tokens.contains("id_token"));
  const auto user = emulator.client().get(
      emulator.url() + "/v1/openid_connect/userinfo",
      {{}, {"Authorization: Bearer " + tokens["access_token"].get<std::string>()}});
  CHECK(user.status == 200);
  CHECK(user.parsed()["email"] == "admin@example.com");
  CHECK(emulator.client().get(emulator.url() + "/op/v1/jwks").parsed()["keys"][0]["kty"] == "RSA");
}

TEST_CASE("a token opens its own company and nothing else") {
  Emulator emulator(standing_clock);
  const auto tokens = emulator.connect();
  const auto other =
      emulator.api(tokens["access_token"], "GET", std::string("companyinfo/") + second_realm,
                   nullptr, second_realm);
  CHECK(other.status == 403);
  CHECK(other.fault_code() == "3100");
  const auto narrow = emulator.connect("openid");
  CHECK(company_status(emulator, narrow) == 403);
  CHECK(emulator.api("no-such-token", "GET", "preferences").fault_code() == "3200");
}

TEST_CASE("a client that does not ask for JSON gets its faults in XML") {
  Emulator emulator;
  const auto heard =
      emulator.client().get(emulator.url() + "/v3/company/" + first_realm + "/preferences");
  CHECK(heard.status == 401);
  CHECK(heard.headers.at("content-type").starts_with("application/xml"));
  CHECK(heard.body.find("<IntuitResponse") != std::string::npos);
  CHECK(heard.body.find("<Error code=\"3202\"") != std::string::npos);
}
