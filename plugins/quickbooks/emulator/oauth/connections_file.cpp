#include "oauth/connections.hpp"
#include "oauth/random_text.hpp"
#include "state/durable_file.hpp"

#include <nlohmann/json.hpp>

namespace emulator::oauth {

namespace {

using nlohmann::json;

std::int64_t number(Instant at) {
  return at.time_since_epoch().count();
}

Instant instant(const json& value) {
  return Instant(std::chrono::microseconds(value.get<std::int64_t>()));
}

json written(const App& app) {
  return {{"client_id", app.client_id},
          {"client_secret", app.client_secret},
          {"name", app.name},
          {"production", app.production},
          {"redirect_uris", app.redirect_uris}};
}

} // namespace

Connections::Connections(std::filesystem::path file) : file_(std::move(file)) {
  if (const auto text = state::file_text(file_)) {
    load(*text);
    return;
  }
  App app;
  app.client_id = "AB" + random_text(48);
  app.client_secret = random_text(40);
  app.name = "Default development app";
  default_client_id_ = app.client_id;
  put_app(app);
}

void Connections::load(const std::string& text) {
  const json stored = json::parse(text);
  default_client_id_ = stored.at("default_client_id");
  grace_ = std::chrono::seconds(stored.at("grace_s").get<std::int64_t>());
  for (const auto& it : stored.at("apps"))
    apps_[it.at("client_id")] = {it.at("client_id"), it.at("client_secret"), it.at("name"),
                                 it.at("production"), it.at("redirect_uris")};
  for (const auto& it : stored.at("codes"))
    codes_[it.at("code")] = {it.at("client_id"),        it.at("realm"),
                             it.at("redirect_uri"),     it.at("scope"),
                             instant(it.at("expires")), it.at("used")};
  for (const auto& it : stored.at("connections")) {
    connections_.push_back(
        {it.at("client_id"), it.at("realm"), it.at("scope"), it.at("refresh_token"),
         it.at("former_token"), instant(it.at("value_since")), instant(it.at("expires")),
         instant(it.at("hard_expires")), instant(it.at("former_until")), it.at("rotate_next")});
  }
  for (const auto& it : stored.at("access_tokens"))
    access_tokens_[it.at("token")] = {it.at("client_id"), it.at("realm"), it.at("scope"),
                                      instant(it.at("expires")), it.at("administrator")};
}

void Connections::store() const {
  json apps = json::array(), codes = json::array(), connections = json::array(),
       tokens = json::array();
  for (const auto& [id, app] : apps_)
    apps.push_back(written(app));
  for (const auto& [text, code] : codes_)
    codes.push_back({{"code", text},
                     {"client_id", code.client_id},
                     {"realm", code.realm},
                     {"redirect_uri", code.redirect_uri},
                     {"scope", code.scope},
                     {"expires", number(code.expires)},
                     {"used", code.used}});
  for (const Connection& it : connections_)
    connections.push_back({{"client_id", it.client_id},
                           {"realm", it.realm},
                           {"scope", it.scope},
                           {"refresh_token", it.refresh_token},
                           {"former_token", it.former_token},
                           {"value_since", number(it.value_since)},
                           {"expires", number(it.expires)},
                           {"hard_expires", number(it.hard_expires)},
                           {"former_until", number(it.former_until)},
                           {"rotate_next", it.rotate_next}});
  for (const auto& [text, it] : access_tokens_)
    tokens.push_back({{"token", text},
                      {"client_id", it.client_id},
                      {"realm", it.realm},
                      {"scope", it.scope},
                      {"expires", number(it.expires)},
                      {"administrator", it.administrator}});
  state::replace_file(file_, json{{"default_client_id", default_client_id_},
                                  {"grace_s", grace_.count()},
                                  {"apps", apps},
                                  {"codes", codes},
                                  {"connections", connections},
                                  {"access_tokens", tokens}}
                                 .dump(1));
}

json Connections::described(Instant now) const {
  const std::scoped_lock lock(mutex_);
  json out = json::array();
  for (const Connection& it : connections_) {
    std::int64_t alive = 0;
    for (const auto& [text, token] : access_tokens_)
      alive += token.client_id == it.client_id && token.realm == it.realm && token.expires > now;
    out.push_back(
        {{"client_id", it.client_id},
         {"realm", it.realm},
         {"scope", it.scope},
         {"refresh_token_ends_with", it.refresh_token.substr(it.refresh_token.size() - 4)},
         {"refresh_token_expires_in_s", (it.expires - now) / std::chrono::seconds(1)},
         {"refresh_token_hard_expires_in_s", (it.hard_expires - now) / std::chrono::seconds(1)},
         {"rotates_at_next_refresh", it.rotate_next},
         {"valid_access_tokens", alive}});
  }
  return out;
}

} // namespace emulator::oauth
