#include "company/traced.hpp"

namespace qb::company {

namespace {

// "companyinfo/<realm>" would tell the company.
std::string nameless(const std::string& path) {
  const std::size_t slash = path.find('/');
  return path.substr(0, slash) == "companyinfo" && slash != std::string::npos ? "companyinfo/*"
                                                                              : path;
}

} // namespace

Reply Traced::call(const qbo::Request& request, const std::string& request_id,
                   const Leaving& leaving) {
  Reply reply = next_->call(request, request_id, leaving);
  if (reply.withheld) return reply; // there was no call
  const qbo::FaultError* error = reply.outcome.fault ? reply.outcome.fault->first() : nullptr;
  trace_({request.method == qbo::Method::get ? "GET" : "POST", nameless(request.path),
          reply.outcome.http_status, verdict::to_string(reply.outcome.kind),
          error ? error->code : "", reply.outcome.intuit_tid, request_id, reply.duration_ms});
  return reply;
}

} // namespace qb::company
