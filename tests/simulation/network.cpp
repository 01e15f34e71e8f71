#include "network.hpp"

#include <algorithm>

namespace simulation {
namespace {

using qb::http::Failure;
using qb::http::Message;
using qb::http::Response;

constexpr std::int64_t ms_us = 1000, second_us = 1'000'000;
// QuickBooks cuts a call off after 120 seconds, so no request works on for longer.
constexpr std::int64_t works_max_us = 119 * second_us;

std::string told(const Message& message) {
  const std::size_t slash = message.url.find_last_of('/', message.url.find('?'));
  return message.method + " " + message.url.substr(slash, message.url.find('?') - slash);
}

Response fault(int status, const char* code, const char* words) {
  return {status,
          {},
          std::string(R"({"Fault":{"Error":[{"Message":")") + words + R"(","code":")" + code +
              R"("}],"type":"SystemFault"}})"};
}

} // namespace

void Network::heal() {
  healed_ = true;
  out_until_ = 0;
  for (const Late& late : late_)
    clock_.now = std::max(clock_.now, late.at);
  deliver_late();
}

// Each at its own time, also if that went by in one stride: QuickBooks must not have forgotten
// meanwhile what it still knew then.
void Network::deliver_late() {
  const erp::Instant now = clock_.now;
  for (;;) {
    const auto next = std::min_element(late_.begin(), late_.end(),
                                       [](const Late& a, const Late& b) { return a.at < b.at; });
    if (next == late_.end() || next->at > now) break;
    const Late late = *next;
    late_.erase(next);
    clock_.now = late.at;
    history_.add("  a request that was given up is done: " + told(late.message));
    quickbooks_.answer(late.message);
    clock_.now = now;
  }
}

void Network::die_perhaps() {
  if (disk_.is_dead()) throw ProcessDied();
  if (!happens(swarm_.deaths)) return;
  history_.add("  the process dies during a call");
  disk_.die();
  throw ProcessDied();
}

Network::Answer Network::lost(const char* what, std::int64_t after_us) {
  history_.add(std::string("  ") + what);
  clock_.pass(after_us);
  return tl::unexpected(Failure{Failure::Kind::timeout, true, what});
}

// What was done, and what is heard of it.
Network::Answer Network::spoilt(const Message& message, Response response) {
  const bool of_company = QuickBooks::is_of_company(message);
  if (happens(of_company ? swarm_.lost_answers : swarm_.token_calls_lost))
    return lost("the answer is lost", dice_.between(1, 30) * second_us);
  if (!of_company) return response;
  if (happens(swarm_.done_and_trouble)) {
    history_.add("  done, and answered with 504");
    return Response{504, {}, "Gateway Timeout"};
  }
  if (happens(swarm_.html)) {
    history_.add("  answered with HTML");
    return Response{200, {{"Content-Type", "text/html"}}, "<html><body>Please wait</body></html>"};
  }
  if (happens(swarm_.cut_answers)) {
    history_.add("  the answer is cut");
    response.body.resize(response.body.size() / 2);
  }
  return response;
}

Network::Answer Network::on_the_way(const Message& message) {
  const bool of_company = QuickBooks::is_of_company(message);
  if (clock_.now < out_until_ || happens(swarm_.refused)) {
    history_.add("  nobody answers");
    return tl::unexpected(Failure{Failure::Kind::connect_refused, false, "connection refused"});
  }
  if (happens(swarm_.outages)) {
    out_until_ = clock_.now + dice_.between(20, 1500) * second_us;
    return lost("an outage begins", 30 * second_us);
  }
  if (!of_company) {
    if (happens(swarm_.token_calls_lost)) return lost("the token request is lost", 10 * second_us);
    return spoilt(message, quickbooks_.answer(message));
  }
  quickbooks_.count(message);
  if (happens(swarm_.tokens_rejected)) quickbooks_.reject_access();
  if (happens(swarm_.revoked)) {
    history_.add("  the app is disconnected in QuickBooks");
    quickbooks_.revoke();
  }
  if (happens(swarm_.company_locked))
    locked_until_ = clock_.now + dice_.between(60, 1200) * second_us;
  if (clock_.now < locked_until_ && !healed_) {
    history_.add("  the subscription has ended");
    return fault(403, "6190", "Subscription period has ended");
  }
  if (happens(swarm_.lost_requests))
    return lost("the request is lost", dice_.between(1, 125) * second_us);
  if (happens(swarm_.delays)) {
    const std::int64_t works_us = dice_.between(1, 119) * second_us;
    late_.push_back({clock_.now + std::min(works_us, works_max_us), message});
    return lost("the request works on, and nobody waits", dice_.between(1, 125) * second_us);
  }
  if (happens(swarm_.throttles)) {
    history_.add("  throttled");
    return fault(429, "3001", "ThrottleExceeded");
  }
  if (happens(swarm_.server_trouble)) {
    history_.add("  503");
    return Response{503, {}, "Service Unavailable"};
  }
  if (QuickBooks::is_batch(message) && happens(swarm_.half_batches)) {
    quickbooks_.do_part(message, dice_.between(1, 8));
    return lost("a part of the batch is done, and the answer is lost", 20 * second_us);
  }
  if (happens(swarm_.duplicates) && message.method == "POST" && swarm_.remembers_s != 0) {
    history_.add("  the request arrives twice");
    quickbooks_.answer(message);
  }
  return spoilt(message, quickbooks_.answer(message));
}

Network::Answer Network::exchange(const Message& message) {
  deliver_late();
  history_.add(told(message));
  die_perhaps();
  clock_.pass(dice_.between(20, 200) * ms_us);
  if (!healed_ && others_ && happens(swarm_.hooks_during_calls)) others_();
  Answer answer = on_the_way(message);
  clock_.pass(dice_.between(20, 300) * ms_us);
  deliver_late();
  die_perhaps();
  return answer;
}

} // namespace simulation
