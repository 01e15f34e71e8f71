#include "oauth/endpoints.hpp"
#include "scripted.hpp"

#include <doctest/doctest.h>

using namespace qb::oauth;
using qb::http::Failure;
using qb::http::Message;
using qb::settings::Environment;
using qb::settings::Settings;

namespace {

Settings in(Environment environment) {
  Settings settings;
  settings.environment = environment;
  if (environment == Environment::emulator)
    settings.discovery_url = "https://localhost:8443/.well-known/openid_configuration";
  return settings;
}

std::string document(const std::string& authorize, const std::string& token,
                     const std::string& revoke) {
  return R"({"issuer":"https://oauth.platform.intuit.com/op/v1","authorization_endpoint":")" +
         authorize + R"(","token_endpoint":")" + token + R"(","revocation_endpoint":")" + revoke +
         R"(","scopes_supported":["openid"]})";
}

constexpr const char* authorize = "https://appcenter.intuit.com/connect/oauth2";
constexpr const char* token = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer";
constexpr const char* revoke_at = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke";

} // namespace

TEST_CASE("the endpoints are read from Intuit's document of the environment") {
  Scripted intuit([](const Message&) {
    return response(200, document("https://a.intuit.com/1", "https://b.intuit.com/2",
                                  "https://c.intuit.com/3"));
  });
  const auto production = discover(intuit, in(Environment::production));
  const auto sandbox = discover(intuit, in(Environment::sandbox));
  REQUIRE(production);
  CHECK(production->discovered);
  CHECK(production->authorize == "https://a.intuit.com/1");
  CHECK(production->token == "https://b.intuit.com/2");
  CHECK(production->revoke == "https://c.intuit.com/3");
  CHECK(production->api_base == "https://quickbooks.api.intuit.com");
  CHECK(sandbox->api_base == "https://sandbox-quickbooks.api.intuit.com");
  REQUIRE(intuit.asked.size() == 2);
  CHECK(intuit.asked[0].url == "https://developer.intuit.com/.well-known/openid_configuration");
  CHECK(intuit.asked[1].url ==
        "https://developer.intuit.com/.well-known/openid_sandbox_configuration");
}

TEST_CASE("without the document Intuit's published addresses hold, and the emulator has none") {
  for (const auto& answer :
       {Scripted::Answer(tl::unexpected(Failure{})), Scripted::Answer(response(503, "")),
        Scripted::Answer(response(200, "<html>Welcome to the hotel</html>")),
        Scripted::Answer(response(302, ""))}) {
    Scripted nobody([&](const Message&) { return answer; });
    const auto endpoints = discover(nobody, in(Environment::production));
    REQUIRE(endpoints);
    CHECK_FALSE(endpoints->discovered);
    CHECK(endpoints->authorize == authorize);
    CHECK(endpoints->token == token);
    CHECK(endpoints->revoke == revoke_at);
    CHECK_FALSE(discover(nobody, in(Environment::emulator)));
  }
}

TEST_CASE("a document that names a host we do not trust is refused whole") {
  for (const char* evil : {"https://intuit.com.example.com/", "http://oauth.platform.intuit.com/",
                           "https://localhost/", "https://169.254.169.254/", "file:///etc/passwd",
                           "", "https://intuit.com@example.com/"}) {
    CAPTURE(evil);
    for (const std::string& text :
         {document(evil, token, revoke_at), document(authorize, evil, revoke_at),
          document(authorize, token, evil)}) {
      Scripted intuit([&](const Message&) { return response(200, text); });
      const auto endpoints = discover(intuit, in(Environment::production));
      REQUIRE_FALSE(endpoints);
      CHECK(endpoints.error().find("not trusted") != std::string::npos);
    }
  }
  Scripted emulator(
      [](const Message&) { return response(200, document(authorize, token, revoke_at)); });
  CHECK_FALSE(discover(emulator, in(Environment::emulator)));
}

TEST_CASE("an emulator that is not on this computer is not even asked") {
  Scripted anybody([](const Message&) { return response(200, "{}"); });
  Settings settings = in(Environment::emulator);
  settings.discovery_url = "https://emulator.example.com/.well-known/openid_configuration";
  CHECK_FALSE(discover(anybody, settings));
  settings = in(Environment::emulator);
  settings.api_base_url = "https://quickbooks.api.intuit.com";
  CHECK_FALSE(discover(anybody, settings));
  CHECK(anybody.asked.empty());
}

TEST_CASE("the emulator's data lies where the setting says, else beside its document") {
  Settings settings = in(Environment::emulator);
  CHECK(api_base_of(settings) == "https://localhost:8443");
  settings.api_base_url = "https://127.0.0.1:9000/";
  CHECK(api_base_of(settings) == "https://127.0.0.1:9000");
  settings.discovery_url = "";
  Scripted emulator([](const Message& message) {
    return response(200, document("https://localhost:9000/a", "https://localhost:9000/t",
                                  message.url.starts_with("https://127.0.0.1:9000/.well-known/")
                                      ? "https://localhost:9000/r"
                                      : ""));
  });
  CHECK(discover(emulator, settings));
}

TEST_CASE("what was discovered is not asked again, a fallback is") {
  bool up = false;
  Scripted intuit([&](const Message&) -> Scripted::Answer {
    if (!up) return tl::unexpected(Failure{});
    return response(200, document(authorize, token, revoke_at));
  });
  Discovery discovery(intuit, in(Environment::production));
  CHECK(discovery.endpoints());
  CHECK(discovery.endpoints());
  CHECK(intuit.asked.size() == 2);
  up = true;
  CHECK(discovery.endpoints()->discovered);
  CHECK(discovery.endpoints()->discovered);
  CHECK(intuit.asked.size() == 3);
}

TEST_CASE("only the emulator's environment trusts this computer and a file of authorities") {
  Settings settings = in(Environment::emulator);
  settings.ca_file = "/tmp/ca.pem";
  CHECK(trust_of(settings).loopback_only);
  CHECK(trust_of(settings).ca_file == "/tmp/ca.pem");
  settings.environment = Environment::production;
  CHECK_FALSE(trust_of(settings).loopback_only);
  CHECK(trust_of(settings).ca_file == "");
}
