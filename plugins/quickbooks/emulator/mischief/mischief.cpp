#include "mischief/mischief.hpp"

#include "gateway/faults.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace emulator::mischief {

namespace {

using server::Ending;

constexpr std::chrono::milliseconds held_look_every{5};
using server::Reply;

Reply instead(const Rule& rule, Instant now) {
  Reply reply;
  switch (rule.action) {
  case Action::status:
    reply.status = rule.status;
    reply.body = rule.body;
    reply.content_type = rule.content_type.empty() ? "text/html" : rule.content_type;
    return reply;
  case Action::fault:
    reply.status = 400;
    reply.body =
        gateway::service_fault(rule.code, rule.message, rule.detail, "ValidationFault", now);
    return reply;
  case Action::throttle:
    return gateway::gateway_fault(429, "SERVICE", "ThrottleExceeded", "3001",
                                  "The request limit was reached.", now);
  case Action::unauthorized:
    return gateway::gateway_fault(401, "AUTHENTICATION", "AuthenticationFailed", "3200",
                                  "Token expired: ordered by a test", now);
  case Action::html:
    reply.content_type = "text/html";
    reply.body = rule.body.empty() ? "<html><body>Please sign in to the network.</body></html>\n"
                                   : rule.body;
    return reply;
  default: // cut
    reply.ending.kind = Ending::Kind::no_answer;
    reply.ending.reset = rule.reset;
    return reply;
  }
}

void spoil(const Rule& rule, Reply& reply) {
  reply.ending.reset = rule.reset;
  switch (rule.action) {
  case Action::lost_answer:
    reply.ending.kind = Ending::Kind::no_answer;
    break;
  case Action::truncate:
    reply.ending.kind = Ending::Kind::truncated;
    reply.ending.body_bytes = rule.bytes;
    break;
  case Action::drip:
    reply.ending.kind = Ending::Kind::dripped;
    reply.ending.chunk_bytes = rule.bytes == 0 ? 1 : rule.bytes;
    reply.ending.pause = rule.time;
    break;
  case Action::patch: {
    auto body = nlohmann::ordered_json::parse(reply.body, nullptr, false);
    if (body.is_discarded()) break;
    try {
      reply.body = body.patch(nlohmann::ordered_json::parse(rule.patch)).dump();
    } catch (const nlohmann::json::exception& error) {
      reply.headers.emplace("X-Emulator-Patch-Failed", error.what());
    }
    break;
  }
  default:
    break;
  }
}

} // namespace

bool Mischief::admits_connection() {
  const std::scoped_lock lock(mutex_);
  for (auto& rule : rules_)
    if (rule.action == Action::refuse_handshake && rule.draws()) return false;
  return true;
}

std::optional<Rule> Mischief::fired(const server::Request& request) {
  const std::scoped_lock lock(mutex_);
  for (auto& rule : rules_)
    if (rule.matches(request) && rule.draws()) return rule;
  return std::nullopt;
}

bool Mischief::holds(std::int64_t rule_id) const {
  const std::scoped_lock lock(mutex_);
  return std::any_of(rules_.begin(), rules_.end(),
                     [&](const Rule& rule) { return rule.id == rule_id && rule.hold; });
}

void Mischief::wait(const Rule& rule) {
  patience_.wait(rule.time);
  while (holds(rule.id) && patience_.wait(held_look_every))
    continue;
}

Reply Mischief::meddle(const server::Request& request, const server::Door& door, Instant now,
                       std::string& applied) {
  const auto rule = fired(request);
  if (!rule) return door(request);
  applied = mischief::described(*rule)["action"];
  switch (rule->action) {
  case Action::status:
  case Action::fault:
  case Action::throttle:
  case Action::unauthorized:
  case Action::html:
  case Action::cut:
    wait(*rule);
    return instead(*rule, now);
  case Action::delay:
    wait(*rule);
    return door(request);
  default:
    break;
  }
  Reply reply = door(request);
  if (rule->action != Action::drip) wait(*rule);
  spoil(*rule, reply);
  return reply;
}

std::int64_t Mischief::add(Rule rule) {
  const std::scoped_lock lock(mutex_);
  rule.id = ++last_id_;
  rules_.push_back(std::move(rule));
  return last_id_;
}

void Mischief::clear() {
  const std::scoped_lock lock(mutex_);
  rules_.clear();
}

nlohmann::json Mischief::described() const {
  const std::scoped_lock lock(mutex_);
  auto out = nlohmann::json::array();
  for (const auto& rule : rules_)
    out.push_back(mischief::described(rule));
  return out;
}

} // namespace emulator::mischief
