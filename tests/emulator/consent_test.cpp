#include "emulated.hpp"

#include <doctest/doctest.h>

using namespace emulated;

TEST_CASE(
    "the consent page lets a person choose a company and redirects with code, state and realm") {
  Emulator emulator;
  const std::map<std::string, std::string> asked{{"client_id", emulator.client_id()},
                                                 {"response_type", "code"},
                                                 {"scope", accounting},
                                                 {"redirect_uri", callback},
                                                 {"state", "\"><script>"}};
  const auto page = emulator.client().get(emulator.url() + "/connect/oauth2?" + encoded(asked));
  CHECK(page.status == 200);
  CHECK(page.headers.at("content-type").starts_with("text/html"));
  CHECK(page.body.find("Larkfield Fabrication (fictional)") != std::string::npos);
  CHECK(page.body.find("Saltmarsh Instruments (fictional)") != std::string::npos);
  CHECK(page.body.find("<script>") == std::string::npos);

  auto chosen = asked;
  chosen["realm"] = second_realm;
  chosen["decision"] = "connect";
  const auto went = emulator.client().post(
      emulator.url() + "/connect/oauth2",
      {encoded(chosen), {"Content-Type: application/x-www-form-urlencoded"}});
  CHECK(went.status == 302);
  CHECK(went.headers.at("location").starts_with(std::string(callback) + "?"));
  auto given = query_of(went.headers.at("location"));
  CHECK(given["realmId"] == second_realm);
  CHECK(given["state"] == "\"><script>");
  CHECK_FALSE(given["code"].empty());

  chosen["decision"] = "cancel";
  const auto refused = emulator.client().post(
      emulator.url() + "/connect/oauth2",
      {encoded(chosen), {"Content-Type: application/x-www-form-urlencoded"}});
  given = query_of(refused.headers.at("location"));
  CHECK(given["error"] == "access_denied");
  CHECK(given["state"] == "\"><script>");
  CHECK_FALSE(given.contains("code"));
}

TEST_CASE("automatic consent connects the named company at once") {
  Emulator emulator({"--throttle", "off", "--auto-consent", "Saltmarsh"});
  CHECK(emulator.consent()["realmId"] == second_realm);
}

TEST_CASE("automatic consent to a company that does not exist makes it") {
  Emulator emulator({"--throttle", "off", "--auto-consent", "Harbour Tools (fictional)"});
  const auto realm = emulator.consent()["realmId"];
  bool listed = false;
  for (const auto& company : emulator.control("GET", "companies"))
    listed =
        listed || (company["realm"] == realm && company["name"] == "Harbour Tools (fictional)");
  CHECK(listed);
}

TEST_CASE("consent can be refused by order") {
  Emulator emulator;
  emulator.control("POST", "consent", {{"by", "refuse"}});
  CHECK(emulator.consent()["error"] == "access_denied");
  emulator.control("POST", "consent", {{"by", "connect"}, {"company", "larkfield"}});
  CHECK(emulator.consent()["realmId"] == first_realm);
}

TEST_CASE("a wrong app or redirect address is shown and never redirected to") {
  Emulator emulator({"--throttle", "off", "--auto-consent", "Larkfield"});
  const auto status_for = [&](const std::string& client_id, const std::string& redirect) {
    return emulator.client()
        .get(emulator.url() + "/connect/oauth2?" +
             encoded({{"client_id", client_id},
                      {"response_type", "code"},
                      {"scope", accounting},
                      {"redirect_uri", redirect},
                      {"state", "s"}}))
        .status;
  };
  const auto id = emulator.client_id();
  CHECK(status_for("nobody", callback) == 400);
  CHECK(status_for(id, "https://elsewhere.example.com/cb") == 400);
  CHECK(status_for(id, "http://localhost.example.com/cb") == 400);
  CHECK(status_for(id, "http://localhost:80@example.com/cb") == 400);
  CHECK(status_for(id, "http://localhost:8123/any/path") == 302);
  CHECK(status_for(id, "http://localhost/cb") == 302);
  CHECK(status_for(id, callback) == 302);
}

TEST_CASE("a production app is redirected to its registered https address only") {
  Emulator emulator({"--throttle", "off", "--auto-consent", "Larkfield"});
  emulator.control(
      "POST", "app",
      {{"client_id", "prod"},
       {"client_secret", "secret"},
       {"production", true},
       {"redirect_uris", {"https://erp.example.com/cb", "http://erp.example.com/cb"}}});
  const auto status_for = [&](const std::string& redirect) {
    return emulator.client()
        .get(emulator.url() + "/connect/oauth2?" +
             encoded({{"client_id", "prod"},
                      {"response_type", "code"},
                      {"scope", accounting},
                      {"redirect_uri", redirect},
                      {"state", "s"}}))
        .status;
  };
  CHECK(status_for("https://erp.example.com/cb") == 302);
  CHECK(status_for("https://erp.example.com/cb/") == 400);
  CHECK(status_for("http://erp.example.com/cb") == 400);
  CHECK(status_for(callback) == 400);
}

TEST_CASE("an unknown scope or response type goes back to the app as an error") {
  Emulator emulator({"--throttle", "off", "--auto-consent", "Larkfield"});
  CHECK(emulator.consent({{"scope", "com.intuit.everything"}})["error"] == "invalid_scope");
  CHECK(emulator.consent({{"response_type", "token"}})["error"] == "unsupported_response_type");
  CHECK(emulator.consent({{"state", ""}})["error"] == "invalid_request");
}

TEST_CASE("the discovery documents point at this server") {
  Emulator emulator;
  for (const char* path :
       {"/.well-known/openid_configuration", "/.well-known/openid_sandbox_configuration"}) {
    const auto found = emulator.client().get(emulator.url() + path).parsed();
    for (const char* member : {"authorization_endpoint", "token_endpoint", "revocation_endpoint",
                               "userinfo_endpoint", "jwks_uri"})
      CHECK(found[member].get<std::string>().starts_with(emulator.url() + "/"));
  }
}
