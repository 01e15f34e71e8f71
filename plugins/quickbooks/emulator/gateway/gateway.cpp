#include "gateway/gateway.hpp"

#include "gateway/faults.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

namespace emulator::gateway {

namespace {

using server::Reply;
using server::Request;

constexpr std::string_view accounting_scope = "com.intuit.quickbooks.accounting";

struct Place {
  std::string realm, rest;
};

Place place_of(const std::string& path) {
  const auto tail = path.substr(std::string_view(company_prefix).size());
  const auto slash = tail.find('/');
  if (slash == std::string::npos) return {tail, {}};
  auto rest = tail.substr(slash + 1);
  while (rest.ends_with('/'))
    rest.pop_back();
  return {tail.substr(0, slash), rest};
}

Reply unauthorized(const std::string& code, const std::string& detail, Instant now) {
  return gateway_fault(401, "AUTHENTICATION", "AuthenticationFailed", code, detail, now);
}

std::string bearer_of(const Request& request) {
  const std::string header = request.header("Authorization");
  constexpr std::string_view word = "Bearer ";
  return header.starts_with(word) ? header.substr(word.size()) : std::string{};
}

bool has_scope(const std::string& scopes, std::string_view wanted) {
  return (" " + scopes + " ").find(" " + std::string(wanted) + " ") != std::string::npos;
}

// Operations of a batch that were carried out: those whose answer is no fault.
std::int64_t written(const Reply& reply, const Tally& tallied) {
  if (!tallied.batch) return tallied.writes;
  const auto body = nlohmann::json::parse(reply.body, nullptr, false);
  std::int64_t done = 0;
  if (body.is_object() && body.contains("BatchItemResponse"))
    for (const auto& item : body["BatchItemResponse"])
      done += !item.contains("Fault") && !item.contains("QueryResponse");
  return done;
}

} // namespace

Gateway::Gateway(const oauth::Connections& connections, Companies& companies, Throttle& throttle,
                 Counts& counts, const state::Clock& clock)
    : connections_(connections), companies_(companies), throttle_(throttle), counts_(counts),
      clock_(clock) {}

bool Gateway::owns(const std::string& path) {
  return path.starts_with(company_prefix);
}

Reply Gateway::answer(const Request& request) {
  const auto [realm, rest] = place_of(request.path);
  Reply reply = served(request, realm, rest);
  if (reply.status >= 400 && request.header("Accept").find("json") == std::string::npos)
    as_xml(reply);
  return reply;
}

Reply Gateway::served(const Request& request, const std::string& realm, const std::string& rest) {
  const Call call{request.method, rest, request.query, request.header("Content-Type"),
                  request.body};
  const auto now = clock_.now();
  const auto token = bearer_of(request);
  const auto access = connections_.access(token, now);
  const bool administrator = access && access->administrator;
  const auto settled = [&](Reply reply, bool replayed = false) {
    if (!administrator) count(realm, reply, call, replayed);
    return reply;
  };
  if (token.empty())
    return settled(unauthorized("3202", "The Authorization header holds no bearer token.", now));
  if (!access)
    return settled(unauthorized(
        "3200",
        (access.error() == oauth::Rejected::expired ? "Token expired: " : "Token revoked: ") +
            token,
        now));
  if (access->realm != realm || !companies_.holds(realm) ||
      !has_scope(access->scope, accounting_scope))
    return settled(gateway_fault(403, "AUTHORIZATION", "ApplicationAuthorizationFailed", "3100",
                                 access->realm == realm
                                     ? "The token lacks the scope " + std::string(accounting_scope)
                                     : "The token is for another company.",
                                 now));
  if (!administrator)
    if (const auto limit = throttle_.refusal(realm, access->client_id, tally(call).batch, now))
      return settled(gateway_fault(429, "SERVICE", "ThrottleExceeded", "3001",
                                   "The request limit was reached: " + *limit + ".", now));
  struct Afterwards {
    std::function<void()> act;
    ~Afterwards() { act(); }
  } const afterwards{[&] {
    if (!administrator) throttle_.ended(realm, access->client_id);
  }};
  const auto outcome = companies_.perform(
      {access->client_id, realm, request.parameter("requestid"), call, now}, clock_);
  Reply reply;
  reply.status = outcome.answer.status;
  reply.body = outcome.answer.body;
  if (outcome.replayed) reply.headers.emplace("X-Emulator-Replayed", "true");
  return settled(std::move(reply), outcome.replayed);
}

void Gateway::count(const std::string& realm, const Reply& reply, const Call& call, bool replayed) {
  const auto tallied = tally(call);
  const bool done = reply.status == 200;
  const auto writes = done && !replayed ? written(reply, tallied) : 0;
  counts_.change(realm, [&](Count& count) {
    ++count.calls;
    count.faults += reply.status >= 400;
    count.unauthorized += reply.status == 401;
    count.throttled += reply.status == 429;
    count.replays += replayed;
    count.writes += writes;
    count.metered += done && tallied.metered;
    count.reads += done ? tallied.reads : 0;
    count.batches += done && tallied.batch;
  });
}

} // namespace emulator::gateway
