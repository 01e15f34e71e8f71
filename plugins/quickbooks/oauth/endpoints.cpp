#include "oauth/endpoints.hpp"

#include "core/qbo/value.hpp"

namespace qb::oauth {

namespace {

using settings::Environment;

// Intuit, OAuth 2.0 and discovery documents (confirmed); the same for sandbox and production.
constexpr const char* intuit_authorize = "https://appcenter.intuit.com/connect/oauth2";
constexpr const char* intuit_token = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer";
constexpr const char* intuit_revoke = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke";
constexpr const char* production_document =
    "https://developer.intuit.com/.well-known/openid_configuration";
constexpr const char* sandbox_document =
    "https://developer.intuit.com/.well-known/openid_sandbox_configuration";
constexpr const char* production_api = "https://quickbooks.api.intuit.com";
constexpr const char* sandbox_api = "https://sandbox-quickbooks.api.intuit.com";
constexpr const char* document_path = "/.well-known/openid_configuration";

std::string document_url(const settings::Settings& settings) {
  switch (settings.environment) {
  case Environment::production:
    return production_document;
  case Environment::sandbox:
    return sandbox_document;
  case Environment::emulator:
    break;
  }
  if (!settings.discovery_url.empty()) return settings.discovery_url;
  return http::origin_of(settings.api_base_url) + document_path;
}

// The document, or why it cannot be had.
tl::expected<qbo::Value, std::string> fetch(http::Transport& transport, const std::string& url) {
  const auto response = transport.exchange({"GET", url, {{"Accept", "application/json"}}, ""});
  if (!response) return tl::unexpected("it cannot be reached: " + response.error().words);
  if (response->status != 200)
    return tl::unexpected("it answers with status " + std::to_string(response->status));
  auto document = qbo::read(response->body);
  if (!document || !document->members())
    return tl::unexpected(std::string("its answer is no discovery document"));
  return std::move(*document);
}

const char* name_of(Environment environment) {
  switch (environment) {
  case Environment::production:
    return "production";
  case Environment::sandbox:
    return "sandbox";
  case Environment::emulator:
    break;
  }
  return "emulator";
}

} // namespace

http::Trust trust_of(const settings::Settings& settings) {
  if (settings.environment != Environment::emulator) return {};
  return {true, settings.ca_file};
}

std::string api_base_of(const settings::Settings& settings) {
  switch (settings.environment) {
  case Environment::production:
    return production_api;
  case Environment::sandbox:
    return sandbox_api;
  case Environment::emulator:
    break;
  }
  std::string api_base = settings.api_base_url.empty() ? http::origin_of(settings.discovery_url)
                                                       : settings.api_base_url;
  while (!api_base.empty() && api_base.back() == '/')
    api_base.pop_back();
  return api_base;
}

Place place_of(const settings::Settings& settings) {
  return {name_of(settings.environment), api_base_of(settings),
          http::origin_of(document_url(settings))};
}

tl::expected<Endpoints, std::string> discover(http::Transport& transport,
                                              const settings::Settings& settings) {
  const std::string url = document_url(settings);
  const std::string api_base = api_base_of(settings);
  const http::Trust trust = trust_of(settings);
  for (const std::string& address : {url, api_base})
    if (const auto refusal = http::refusal_of(address, trust))
      return tl::unexpected("The address \"" + address + "\" cannot be used: " + *refusal + ".");

  const auto document = fetch(transport, url);
  Endpoints endpoints{intuit_authorize, intuit_token, intuit_revoke, api_base, false};
  if (!document) {
    if (settings.environment != Environment::emulator) return endpoints;
    return tl::unexpected("The emulator at " + url + " is of no use: " + document.error() +
                          ". Start it, and check discovery_url and ca_file.");
  }
  endpoints = {document->text_of("authorization_endpoint"), document->text_of("token_endpoint"),
               document->text_of("revocation_endpoint"), api_base, true};
  for (const std::string& endpoint : {endpoints.authorize, endpoints.token, endpoints.revoke})
    if (const auto refusal = http::refusal_of(endpoint, trust))
      return tl::unexpected("The discovery document at " + url + " names the address \"" +
                            endpoint + "\", which is not trusted: " + *refusal +
                            ". Nothing was sent there.");
  return endpoints;
}

tl::expected<Endpoints, std::string> Discovery::endpoints() {
  if (found_) return *found_;
  auto endpoints = discover(transport_, settings_);
  if (endpoints && endpoints->discovered) found_ = *endpoints;
  return endpoints;
}

} // namespace qb::oauth
