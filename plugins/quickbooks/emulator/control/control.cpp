#include "control/control.hpp"

#include "control/lesson.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace emulator::control {

namespace {

using nlohmann::json;
using server::Reply;
using server::Request;

Reply said(const json& body, int status = 200) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = body.dump(1) + "\n";
  return reply;
}

Reply wrong(const std::string& what, int status = 400) {
  return said({{"error", what}}, status);
}

Reply done() {
  return said({{"done", true}});
}

json body_of(const Request& request) {
  if (request.body.empty()) return json::object();
  return json::parse(request.body);
}

std::string text(const json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

json listed(const gateway::CompanyListing& company) {
  return {{"realm", company.realm},
          {"name", company.name},
          {"region", gateway::region_text(company.region)},
          {"multicurrency", company.multicurrency}};
}

} // namespace

std::vector<oauth::CompanyChoice> choices(const gateway::Companies& companies) {
  std::vector<oauth::CompanyChoice> out;
  for (const auto& company : companies.list())
    out.push_back({company.realm, company.name});
  return out;
}

std::optional<std::string> Control::realm_of(const std::string& company) const {
  if (company.empty()) return std::string{};
  const auto meant = oauth::company_meant(choices(panel_.companies), company);
  if (!meant) return std::nullopt;
  return meant->realm;
}

Reply Control::answer(const Request& request) {
  const std::string what = request.path.substr(std::string_view(control_prefix).size());
  try {
    if (what.empty()) {
      Reply reply;
      reply.content_type = "text/plain;charset=UTF-8";
      reply.body = lesson;
      return reply;
    }
    if (what == "app") return app(request);
    if (what == "clock") return clock(request);
    if (what == "companies") return companies(request);
    if (what.starts_with("companies/") && what.ends_with("/objects")) return objects(request);
    if (what == "consent") return consent(request);
    if (what == "counts") return counts(request);
    if (what == "faults") return faults(request);
    if (what == "requests") return requests(request);
    if (what == "requestids") return request_ids(request);
    if (what == "reset" && request.method == "POST") return reset();
    if (what == "throttle") return throttle(request);
    if (what == "token" && request.method == "POST") return token(request);
    if (what == "tokens") return tokens(request);
  } catch (const json::exception& error) {
    return wrong(error.what());
  } catch (const std::invalid_argument& error) {
    return wrong(error.what());
  }
  return wrong("no such control call; GET /_emulator/ lists them", 404);
}

Reply Control::app(const Request& request) {
  if (request.method == "POST") {
    const json body = body_of(request);
    oauth::App made{text(body, "client_id"), text(body, "client_secret"), text(body, "name"),
                    body.value("production", false),
                    body.value("redirect_uris", std::vector<std::string>{})};
    if (made.client_id.empty() || made.client_secret.empty())
      return wrong("client_id and client_secret are needed");
    if (made.name.empty()) made.name = made.client_id;
    panel_.connections.put_app(made);
    return done();
  }
  const auto app = panel_.connections.default_app();
  auto uris = app.redirect_uris;
  uris.push_back("http://localhost:*");
  return said({{"client_id", app.client_id},
               {"client_secret", app.client_secret},
               {"name", app.name},
               {"redirect_uris", uris},
               {"discovery_url", base_url_ + "/.well-known/openid_configuration"},
               {"api_base_url", base_url_}});
}

Reply Control::clock(const Request& request) {
  if (request.method == "POST") {
    const double seconds = body_of(request).at("advance_seconds").get<double>();
    panel_.clock.advance(std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::duration<double>(seconds)));
  }
  const auto now = panel_.clock.now();
  const bool standing = panel_.clock.kind() == state::Clock::Kind::standing;
  return said({{"now", pacific_millis(now)},
               {"epoch_us", now.time_since_epoch().count()},
               {"kind", standing ? "virtual" : "real"}});
}

Reply Control::companies(const Request& request) {
  if (request.method == "POST") {
    const json body = body_of(request);
    const auto region = gateway::region_of(body.value("region", "US"));
    const std::string name = text(body, "name");
    if (!region) return wrong("region is US, CA, UK or AU");
    if (name.empty()) return wrong("name is needed");
    return said(listed(panel_.companies.add(name, *region, body.value("multicurrency", false))));
  }
  json out = json::array();
  for (const auto& company : panel_.companies.list())
    out.push_back(listed(company));
  return said(out);
}

Reply Control::objects(const Request& request) {
  const auto from = std::string_view("/_emulator/companies/").size();
  const auto realm =
      realm_of(request.path.substr(from, request.path.size() - from - sizeof("/objects") + 1));
  if (!realm || realm->empty()) return wrong("no such company", 404);
  const auto found =
      panel_.companies.objects(*realm, request.parameter("entity"), panel_.clock.now());
  if (!found) return wrong("no such entity; ?entity=PurchaseOrder, for example", 404);
  Reply reply;
  reply.body = found->dump() + "\n";
  return reply;
}

Reply Control::consent(const Request& request) {
  using By = oauth::Decision::By;
  if (request.method == "POST") {
    const json body = body_of(request);
    const std::string by = text(body, "by");
    if (by != "page" && by != "connect" && by != "refuse")
      return wrong("by is page, connect or refuse");
    const oauth::Decision decision{by == "page"      ? By::page
                                   : by == "connect" ? By::always_connect
                                                     : By::always_refuse,
                                   text(body, "company")};
    if (by == "connect" && !realm_of(decision.company).has_value())
      return wrong("no such company", 404);
    panel_.consent.decide(decision);
  }
  const auto decision = panel_.consent.decision();
  return said({{"by", decision.by == By::page             ? "page"
                      : decision.by == By::always_connect ? "connect"
                                                          : "refuse"},
               {"company", decision.company}});
}

Reply Control::counts(const Request& request) {
  auto& tokens = panel_.endpoints.counts();
  if (request.method == "DELETE") {
    panel_.counts.reset();
    tokens.reset();
  }
  json out = panel_.counts.described();
  out["tokens"] = {{"exchanges", tokens.exchanges.load()},
                   {"refreshes", tokens.refreshes.load()},
                   {"rotations", tokens.rotations.load()},
                   {"revokes", tokens.revokes.load()},
                   {"refused", tokens.refused.load()}};
  return said(out);
}

Reply Control::faults(const Request& request) {
  if (request.method == "DELETE") panel_.mischief.clear();
  if (request.method == "POST") {
    const json body = body_of(request);
    std::vector<mischief::Rule> rules;
    for (const auto& one : body.is_array() ? body : json::array({body})) {
      auto rule = mischief::rule_from(one);
      if (!rule) return wrong(rule.error());
      rules.push_back(std::move(*rule));
    }
    for (auto& rule : rules)
      panel_.mischief.add(std::move(rule));
  }
  return said(panel_.mischief.described());
}

Reply Control::requests(const Request& request) {
  if (request.method == "DELETE") panel_.log.clear();
  const std::string since = request.parameter("since");
  Reply reply;
  reply.body = panel_.log.after(since.empty() ? 0 : std::stoll(since), request.parameter("path"))
                   .dump(-1, ' ', false, json::error_handler_t::replace);
  return reply;
}

Reply Control::request_ids(const Request& request) {
  if (request.method == "DELETE") panel_.companies.forget_request_ids();
  if (request.method == "POST")
    panel_.companies.keep_request_ids_for(
        std::chrono::seconds(body_of(request).at("retention_seconds").get<std::int64_t>()));
  return said({{"retention_seconds", panel_.companies.retention().count()}});
}

Reply Control::reset() {
  panel_.mischief.clear();
  panel_.companies.reset();
  panel_.connections.forget_all();
  panel_.counts.reset();
  panel_.endpoints.counts().reset();
  panel_.throttle.turn(panel_.throttle.on());
  panel_.log.clear();
  return done();
}

Reply Control::throttle(const Request& request) {
  if (request.method == "POST") {
    const std::string wanted = text(body_of(request), "throttle");
    if (wanted != "documented" && wanted != "off") return wrong("throttle is documented or off");
    panel_.throttle.turn(wanted == "documented");
  }
  return said({{"throttle", panel_.throttle.on() ? "documented" : "off"}});
}

Reply Control::token(const Request& request) {
  const auto realm = realm_of(request.parameter("company"));
  if (!realm || realm->empty()) return wrong("?company= names no single company", 404);
  return said(
      {{"token_type", "bearer"},
       {"realm", *realm},
       {"access_token", panel_.connections.administrator_token(*realm, panel_.clock.now())}});
}

Reply Control::tokens(const Request& request) {
  if (request.method == "POST") {
    const json body = body_of(request);
    const auto realm = realm_of(text(body, "company"));
    if (!realm) return wrong("no such company", 404);
    const std::string what = text(body, "do");
    auto& connections = panel_.connections;
    if (what == "expire_access")
      connections.expire_access_tokens(*realm);
    else if (what == "expire_refresh")
      connections.expire_refresh_tokens(*realm);
    else if (what == "rotate_next")
      connections.rotate_at_next_refresh(*realm);
    else if (what == "disconnect")
      connections.disconnect(*realm);
    else if (what == "grace")
      connections.set_grace(std::chrono::seconds(body.at("seconds").get<std::int64_t>()));
    else
      return wrong("do is expire_access, expire_refresh, rotate_next, disconnect or grace");
  }
  return said(panel_.connections.described(panel_.clock.now()));
}

} // namespace emulator::control
