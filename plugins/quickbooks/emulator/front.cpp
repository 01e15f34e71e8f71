#include "front.hpp"

#include "gateway/faults.hpp"
#include "oauth/random_text.hpp"

#include <cstdio>

namespace emulator {

namespace {

using server::Reply;
using server::Request;

std::string new_intuit_tid(Instant now) {
  char seconds[16];
  std::snprintf(seconds, sizeof seconds, "%08llx",
                static_cast<unsigned long long>(now.time_since_epoch() / std::chrono::seconds(1)));
  return std::string("1-") + seconds + '-' + oauth::random_hex(24);
}

std::string realm_in(const std::string& path) {
  const auto tail = path.substr(std::string_view(gateway::company_prefix).size());
  return tail.substr(0, tail.find('/'));
}

} // namespace

Front::Front(control::Control& control, gateway::Gateway& gateway, const control::Panel& panel,
             server::Patience& patience, std::chrono::milliseconds latency)
    : control_(control), gateway_(gateway), panel_(panel), patience_(patience), latency_(latency) {}

Reply Front::answer(const Request& request) {
  if (request.path.starts_with(control::control_prefix)) return control_.answer(request);
  const auto now = panel_.clock.now();
  const auto tid = new_intuit_tid(now);
  const bool of_company = gateway::Gateway::owns(request.path);
  std::string accident;
  if (of_company) panel_.counts.enter(realm_in(request.path));
  Reply reply = panel_.mischief.meddle(
      request, [this](const Request& it) { return served(it); }, now, accident);
  if (of_company) panel_.counts.leave(realm_in(request.path));
  reply.headers.emplace("intuit_tid", tid);
  panel_.log.note(request, reply, tid, accident, now);
  return reply;
}

Reply Front::served(const Request& request) {
  patience_.wait(latency_ / 2);
  auto reply = [&]() -> Reply {
    if (gateway::Gateway::owns(request.path)) return gateway_.answer(request);
    if (auto oauth = panel_.endpoints.answer(request, panel_.clock.now())) return *oauth;
    Reply missing;
    missing.status = 404;
    missing.content_type = "text/html";
    missing.body = "<html><body><h1>Not Found</h1></body></html>\n";
    return missing;
  }();
  patience_.wait(latency_ - latency_ / 2);
  return reply;
}

} // namespace emulator
