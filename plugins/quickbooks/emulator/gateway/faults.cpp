#include "gateway/faults.hpp"

#include "server/url.hpp"

#include <nlohmann/json.hpp>

namespace emulator::gateway {

using nlohmann::json;

server::Reply gateway_fault(int status, const std::string& type, const std::string& name,
                            const std::string& code, const std::string& detail, Instant now) {
  const auto padded = std::string(code.size() < 6 ? 6 - code.size() : 0, '0') + code;
  const json body{{"warnings", nullptr},
                  {"intuitObject", nullptr},
                  {"fault",
                   {{"error",
                     {{{"message", "message=" + name + "; errorCode=" + padded +
                                       "; statusCode=" + std::to_string(status)},
                       {"detail", detail},
                       {"code", code},
                       {"element", nullptr}}}},
                    {"type", type}}},
                  {"report", nullptr},
                  {"queryResponse", nullptr},
                  {"batchItemResponse", json::array()},
                  {"attachableResponse", json::array()},
                  {"syncErrorResponse", nullptr},
                  {"requestId", nullptr},
                  {"time", now.time_since_epoch() / std::chrono::milliseconds(1)},
                  {"status", nullptr},
                  {"cdcresponse", json::array()}};
  server::Reply reply;
  reply.status = status;
  reply.body = body.dump();
  if (status == 401)
    reply.headers.emplace("WWW-Authenticate", "Bearer realm=\"Intuit\", error=\"invalid_token\"");
  return reply;
}

std::string service_fault(const std::string& code, const std::string& message,
                          const std::string& detail, const std::string& type, Instant now) {
  return json{
      {"Fault",
       {{"Error", {{{"Message", message}, {"Detail", detail}, {"code", code}, {"element", ""}}}},
        {"type", type}}},
      {"time", pacific_millis(now)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

void as_xml(server::Reply& reply) {
  const json body = json::parse(reply.body, nullptr, false);
  if (!body.is_object()) return;
  const bool service = body.contains("Fault");
  if (!service && !body.contains("fault")) return;
  const json& fault = body[service ? "Fault" : "fault"];
  const auto text = [](const json& from, const char* upper, const char* lower) {
    const char* key = from.contains(upper) ? upper : lower;
    return from.contains(key) && from[key].is_string()
               ? server::markup_escaped(from[key].get<std::string>())
               : std::string{};
  };
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
                    "<IntuitResponse xmlns=\"http://schema.intuit.com/finance/v3\"";
  if (body.contains("time") && body["time"].is_string())
    xml += " time=\"" + body["time"].get<std::string>() + "\"";
  xml += "><Fault type=\"" + text(fault, "type", "type") + "\">";
  for (const auto& error : fault.value(service ? "Error" : "error", json::array()))
    xml += "<Error code=\"" + text(error, "code", "code") + "\" element=\"" +
           text(error, "element", "element") + "\"><Message>" + text(error, "Message", "message") +
           "</Message><Detail>" + text(error, "Detail", "detail") + "</Detail></Error>";
  reply.body = xml + "</Fault></IntuitResponse>";
  reply.content_type = "application/xml;charset=UTF-8";
}

} // namespace emulator::gateway
