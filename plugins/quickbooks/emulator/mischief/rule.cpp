#include "mischief/rule.hpp"

#include "gateway/gateway.hpp"

#include <fnmatch.h>
#include <nlohmann/json.hpp>
#include <set>

namespace emulator::mischief {

namespace {

using nlohmann::json;

const std::pair<const char*, Action> action_names[] = {
    {"status", Action::status},
    {"fault", Action::fault},
    {"throttle", Action::throttle},
    {"unauthorized", Action::unauthorized},
    {"html", Action::html},
    {"cut", Action::cut},
    {"delay", Action::delay},
    {"late", Action::late},
    {"lost_answer", Action::lost_answer},
    {"truncate", Action::truncate},
    {"drip", Action::drip},
    {"patch", Action::patch},
    {"refuse_handshake", Action::refuse_handshake}};

const std::set<std::string> known_members{
    "id",     "method",       "path",        "query", "body_contains", "nth",    "times", "action",
    "status", "content_type", "body",        "code",  "message",       "detail", "ms",    "bytes",
    "reset",  "patch",        "probability", "seed",  "matched",       "fired",  "hold"};

std::string text(const json& given, const char* name) {
  const auto found = given.find(name);
  if (found == given.end()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

// What follows the realm, or the whole path for anything else.
std::string short_path(const std::string& path) {
  if (!gateway::Gateway::owns(path)) return path;
  const auto slash = path.find('/', std::string_view(gateway::company_prefix).size());
  return slash == std::string::npos ? std::string{} : path.substr(slash + 1);
}

} // namespace

bool Rule::matches(const server::Request& request) const {
  if (action == Action::refuse_handshake) return false;
  if (!method.empty() && method != request.method) return false;
  if (!path.empty()) {
    const auto subject = path.front() == '/' ? request.path : short_path(request.path);
    if (fnmatch(path.c_str(), subject.c_str(), 0) != 0) return false;
  }
  if (!query.empty()) {
    bool found = false;
    for (const auto& [name, value] : request.query)
      found = found || fnmatch(query.c_str(), (name + '=' + value).c_str(), 0) == 0;
    if (!found) return false;
  }
  return body_contains.empty() || request.body.find(body_contains) != std::string::npos;
}

bool Rule::draws() {
  if (spent()) return false;
  if (++matched < nth) return false;
  if (probability < 1 && std::uniform_real_distribution<>(0, 1)(dice) >= probability) return false;
  ++fired;
  return true;
}

tl::expected<Rule, std::string> rule_from(const json& given) {
  if (!given.is_object()) return tl::unexpected(std::string("a rule is a JSON object"));
  for (const auto& [name, value] : given.items())
    if (!known_members.contains(name)) return tl::unexpected("unknown member \"" + name + "\"");
  Rule rule;
  const std::string action = text(given, "action");
  bool known = false;
  for (const auto& [name, value] : action_names)
    if (action == name) {
      rule.action = value;
      known = true;
    }
  if (!known) return tl::unexpected("unknown action \"" + action + "\"");
  try {
    rule.method = text(given, "method");
    rule.path = text(given, "path");
    rule.query = text(given, "query");
    rule.body_contains = text(given, "body_contains");
    rule.probability = given.value("probability", 1.0);
    rule.nth = given.value("nth", std::int64_t{1});
    // With a chance a rule goes on until it is taken away; without one it fires once.
    rule.times = given.value("times", std::int64_t{rule.probability < 1 ? 0 : 1});
    rule.dice.seed(given.value("seed", std::uint64_t{1}));
    rule.status = given.value("status", 503);
    rule.content_type = text(given, "content_type");
    rule.body = text(given, "body");
    rule.code = text(given, "code");
    rule.message = text(given, "message");
    rule.detail = text(given, "detail");
    rule.time = std::chrono::milliseconds(given.value("ms", std::int64_t{0}));
    rule.hold = given.value("hold", false);
    rule.bytes = given.value("bytes", std::size_t{0});
    rule.reset = given.value("reset", false);
    if (given.contains("patch")) {
      if (!given["patch"].is_array())
        return tl::unexpected(std::string("patch is an array of JSON Patch operations"));
      rule.patch = given["patch"].dump();
    }
  } catch (const json::exception& error) {
    return tl::unexpected(std::string(error.what()));
  }
  return rule;
}

json described(const Rule& rule) {
  json out{{"id", rule.id},
           {"nth", rule.nth},
           {"times", rule.times},
           {"matched", rule.matched},
           {"fired", rule.fired}};
  for (const auto& [name, value] : action_names)
    if (value == rule.action) out["action"] = name;
  if (!rule.method.empty()) out["method"] = rule.method;
  if (!rule.path.empty()) out["path"] = rule.path;
  if (!rule.query.empty()) out["query"] = rule.query;
  if (!rule.body_contains.empty()) out["body_contains"] = rule.body_contains;
  if (rule.probability < 1) out["probability"] = rule.probability;
  return out;
}

} // namespace emulator::mischief
