#include "company/wire.hpp"

namespace qb::company {

namespace {

constexpr std::int64_t ms_us = 1000;

// The slashes between the segments stay, all else that is no plain character is encoded.
std::string escaped_path(std::string_view path) {
  std::string result;
  for (;;) {
    const std::size_t slash = path.find('/');
    result += http::escaped(path.substr(0, slash));
    if (slash == std::string_view::npos) return result;
    result += '/';
    path = path.substr(slash + 1);
  }
}

} // namespace

Reply Wire::call(const qbo::Request& request, const std::string& request_id,
                 const oauth::TokenSource::Access& access) {
  http::Fields query = request.query;
  if (!request_id.empty()) query.emplace_back("requestid", request_id);
  query.emplace_back("minorversion", minor_version);
  http::Message message;
  message.method = request.method == qbo::Method::get ? "GET" : "POST";
  message.url = http::with_query(api_base_ + "/v3/company/" + http::escaped(access.realm) + "/" +
                                     escaped_path(request.path),
                                 query);
  // Without Accept, faults come as XML.
  message.headers = {{"Authorization", "Bearer " + access.token}, {"Accept", "application/json"}};
  if (request.method == qbo::Method::post)
    message.headers.emplace_back("Content-Type", "application/json");
  message.body = request.body;

  const erp::Instant start = now_();
  const auto response = transport_.exchange(message);
  const erp::Instant end = now_();
  Reply reply = response ? read_answer(request, *response, end) : read_failure(response.error());
  reply.duration_ms = (end - start) / ms_us;
  return reply;
}

} // namespace qb::company
