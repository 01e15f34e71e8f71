#include "control/request_log.hpp"

#include "oauth/endpoints.hpp"
#include "server/url.hpp"

#include <nlohmann/json.hpp>

namespace emulator::control {

void RequestLog::note(const server::Request& request, const server::Reply& reply,
                      const std::string& intuit_tid, const std::string& accident, Instant at) {
  const bool secret = request.path == oauth::token_path || request.path == oauth::revoke_path;
  Entry entry{0,
              at,
              request.method,
              request.path,
              server::form_encoded(request.query),
              request.parameter("requestid"),
              secret ? std::string{} : request.body.substr(0, body_bytes_logged_max),
              intuit_tid,
              accident,
              request.body.size(),
              reply.status,
              reply.headers.contains("X-Emulator-Replayed"),
              reply.ending.kind != server::Ending::Kind::no_answer};
  const std::scoped_lock lock(mutex_);
  entry.sequence = ++last_;
  entries_.push_back(std::move(entry));
  if (entries_.size() > requests_logged_max) entries_.pop_front();
}

nlohmann::json RequestLog::after(std::int64_t since, const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  auto out = nlohmann::json::array();
  for (const auto& it : entries_) {
    if (it.sequence <= since || it.path.find(path) == std::string::npos) continue;
    out.push_back({{"sequence", it.sequence},
                   {"at_us", it.at.time_since_epoch().count()},
                   {"method", it.method},
                   {"path", it.path},
                   {"query", it.query},
                   {"requestid", it.request_id},
                   {"body", it.body},
                   {"body_bytes", it.body_bytes},
                   {"status", it.status},
                   {"replayed", it.replayed},
                   {"answered", it.answered},
                   {"accident", it.accident},
                   {"intuit_tid", it.intuit_tid}});
  }
  return out;
}

void RequestLog::clear() {
  const std::scoped_lock lock(mutex_);
  entries_.clear();
}

} // namespace emulator::control
