#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

Desk::Desk(emulator::Region region, emulator::SeedOptions options)
    : books(emulator::Books::seeded(region, "9130355", "Example Works", options)),
      now(emulator::parse_instant("2026-08-20T10:00:00.262-07:00").value()) {}

std::string Desk::Reply::code() const {
  if (!body.contains("Fault")) return {};
  return body["Fault"]["Error"][0].value("code", "");
}
std::string Desk::Reply::detail() const {
  return body.at("Fault").at("Error").at(0).value("Detail", "");
}
std::string Desk::Reply::element() const {
  return body.at("Fault").at("Error").at(0).value("element", "");
}

Desk::Reply Desk::handle(const emulator::Call& call) {
  now += std::chrono::seconds{1};
  const auto answer = books.handle(call, now);
  return {answer.status, answer.body, json::parse(answer.body)};
}

Desk::Reply Desk::post(const std::string& path, const json& body) {
  return post_text(path, body.dump());
}

Desk::Reply Desk::post_text(const std::string& path, const std::string& body) {
  emulator::Call call{
      "POST", path, {{"minorversion", "75"}, {"requestid", "r-1"}}, "application/json", body};
  return handle(call);
}

Desk::Reply Desk::post_with(const std::string& path, const std::string& parameter,
                            const std::string& value, const json& body) {
  emulator::Call call{
      "POST", path, {{parameter, value}}, "application/json; charset=utf-8", body.dump()};
  return handle(call);
}

Desk::Reply Desk::get(const std::string& path) {
  return handle({"GET", path, {}, "", ""});
}

Desk::Reply Desk::query(const std::string& statement) {
  return handle({"GET", "query", {{"query", statement}}, "", ""});
}

Desk::Reply Desk::cdc(const std::string& entities, const std::string& since) {
  return handle({"GET", "cdc", {{"entities", entities}, {"changedSince", since}}, "", ""});
}

std::string Desk::id_of(const std::string& entity, const std::string& name) {
  const std::string property =
      entity == "Vendor" || entity == "Customer" ? "DisplayName" : "FullyQualifiedName";
  std::string escaped;
  for (const char c : name) {
    if (c == '\'' || c == '\\') escaped += '\\';
    escaped += c;
  }
  const auto reply = query("select * from " + entity + " where " + property + " = '" + escaped +
                           "' and Active in (true, false)");
  REQUIRE_MESSAGE(reply["QueryResponse"].contains(entity), reply.text);
  return reply["QueryResponse"][entity][0]["Id"];
}

json Desk::order(const std::string& number) {
  return {{"VendorRef", by_id(id_of("Vendor", "Hicks Hardware"))},
          {"APAccountRef", by_id(id_of("Account", "Accounts Payable (A/P)"))},
          {"DocNumber", number},
          {"TxnDate", "2026-08-20"},
          {"Line",
           {{{"DetailType", "ItemBasedExpenseLineDetail"},
             {"Amount", 125},
             {"ItemBasedExpenseLineDetail",
              {{"ItemRef", by_id(id_of("Item", "820412-001 Rev B"))},
               {"Qty", 10},
               {"UnitPrice", 12.5}}}},
            {{"DetailType", "AccountBasedExpenseLineDetail"},
             {"Amount", 15},
             {"AccountBasedExpenseLineDetail",
              {{"AccountRef", by_id(id_of("Account", "Shipping and Delivery"))}}}}}}};
}

json Desk::bill(const std::string& order_id, int quantity, const std::string& line_id) {
  return {{"VendorRef", by_id(id_of("Vendor", "Hicks Hardware"))},
          {"APAccountRef", by_id(id_of("Account", "Accounts Payable (A/P)"))},
          {"TxnDate", "2026-08-20"},
          {"Line",
           {{{"DetailType", "ItemBasedExpenseLineDetail"},
             {"Amount", quantity * 12.5},
             {"LinkedTxn",
              {{{"TxnId", order_id}, {"TxnType", "PurchaseOrder"}, {"TxnLineId", line_id}}}},
             {"ItemBasedExpenseLineDetail",
              {{"ItemRef", by_id(id_of("Item", "820412-001 Rev B"))},
               {"Qty", quantity},
               {"UnitPrice", 12.5}}}}}}};
}

json by_id(const std::string& id) {
  return {{"value", id}};
}
