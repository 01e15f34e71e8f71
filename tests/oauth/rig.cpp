#include "rig.hpp"

#include <stdexcept>

using namespace qb::oauth;

namespace {

constexpr erp::Instant second_us = 1'000'000;

qb::settings::Settings settings_for(emulated::Emulator& emulator) {
  qb::settings::Settings settings;
  settings.environment = qb::settings::Environment::emulator;
  settings.discovery_url = emulator.url() + "/.well-known/openid_configuration";
  settings.ca_file = emulator.ca_file().string();
  settings.client_id = emulator.client_id();
  return settings;
}

} // namespace

Rig::Rig()
    : transport({true, emulator.ca_file().string()}, {}, cancelled),
      settings(settings_for(emulator)), credentials{emulator.client_id(),
                                                    emulator.app()["client_secret"]} {
  const auto found = discover(transport, settings);
  if (!found) throw std::runtime_error(found.error());
  endpoints = *found;
  emulator.control("POST", "consent", {{"by", "connect"}, {"company", emulated::first_realm}});
}

Vault::Versioned Rig::connect() {
  auto answer = emulator.consent();
  const auto tokens =
      exchange_code(transport, endpoints, credentials, answer["code"], emulated::callback);
  if (!tokens) throw std::runtime_error(tokens.error().words);
  const auto saved =
      vault.save(connection_of(*tokens, place_of(settings), answer["realmId"], "Company", now),
                 vault.version());
  if (!saved) throw std::runtime_error("the vault was changed meanwhile");
  return *vault.load();
}

TokenSource Rig::source_over(qb::http::Transport& other) {
  return TokenSource(
      vault, other, [this] { return now.load(); },
      [this] {
        before_intent();
        return credentials;
      },
      [this] { return tl::expected<Endpoints, std::string>(endpoints); });
}

int Rig::token_calls(const std::string& what) {
  return emulator.control("GET", "counts")["tokens"][what];
}

void Rig::tokens_do(const std::string& what) {
  emulator.control("POST", "tokens", {{"do", what}});
}

void Rig::let_expire(int seconds_left) {
  now = held().access_expires_at - seconds_left * second_us;
}

bool Rig::opens_the_company(const std::string& token) {
  const std::string realm = held().realm;
  return emulator.api(token, "GET", "companyinfo/" + realm, nullptr, realm).status == 200;
}

tl::expected<qb::http::Response, qb::http::Failure>
Interposed::exchange(const qb::http::Message& message) {
  ++calls;
  before();
  auto answer = inner.exchange(message);
  after();
  return answer;
}
