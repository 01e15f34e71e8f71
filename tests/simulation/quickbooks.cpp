#include "quickbooks.hpp"

#include "http/url.hpp"

#include <algorithm>

namespace simulation {
namespace {

using qb::http::Message;
using qb::http::Response;

constexpr std::int64_t second_us = 1'000'000;
constexpr const char* api = "https://quickbooks.api.intuit.com/v3/company/";
constexpr const char* token_url = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer";

Response json_response(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}, {"intuit_tid", "1-sim"}}, body.dump()};
}

Json fault_json(const Fault& fault) {
  return {{"Fault",
           {{"Error", {{{"Message", fault.message}, {"Detail", ""}, {"code", fault.code}}}},
            {"type", "ValidationFault"}}}};
}

const char* entity_of(std::string_view word) {
  constexpr std::pair<std::string_view, const char*> words[] = {{"purchaseorder", "PurchaseOrder"},
                                                                {"bill", "Bill"},
                                                                {"vendor", "Vendor"},
                                                                {"item", "Item"},
                                                                {"account", "Account"},
                                                                {"class", "Class"}};
  for (const auto& [path, entity] : words)
    if (path == word) return entity;
  return nullptr;
}

struct Address {
  std::string word, rest; // of the path after the realm
  std::map<std::string, std::string> parameters;
};

Address address_of(const std::string& url) {
  Address address;
  const std::string_view prefix(api);
  const std::size_t slash = url.find('/', prefix.size());
  const std::size_t mark = std::min(url.find('?'), url.size());
  const std::string path = url.substr(slash + 1, mark - slash - 1);
  address.word = path.substr(0, path.find('/'));
  if (address.word.size() < path.size()) address.rest = path.substr(address.word.size() + 1);
  for (const auto& [key, value] : qb::http::parse_query(url.substr(std::min(mark + 1, url.size()))))
    address.parameters[key] = value;
  return address;
}

} // namespace

QuickBooks::QuickBooks(Clock& clock, Dice& dice, const Swarm& swarm, History& history)
    : clock_(clock), dice_(dice), swarm_(swarm), history_(history), books_(swarm.checks_numbers),
      clock_off_us_(swarm.clock_off_s * second_us) {}

bool QuickBooks::is_of_company(const Message& message) {
  return message.url.starts_with(api);
}

bool QuickBooks::is_batch(const Message& message) {
  return is_of_company(message) && address_of(message.url).word == "batch";
}

void QuickBooks::see_window(const char* name, std::deque<erp::Instant>& times, std::size_t most,
                            std::int64_t window_us) const {
  times.push_back(clock_.now);
  while (times.front() <= clock_.now - window_us)
    times.pop_front();
  if (times.size() > most)
    history_.violated(std::to_string(times.size()) + " " + name + ", QuickBooks allows " +
                      std::to_string(most));
}

void QuickBooks::count(const Message& message) {
  see_window("calls within a second", calls_of_second_, 10, second_us);
  see_window("calls within a minute", calls_of_minute_, 500, 60 * second_us);
  if (is_batch(message))
    see_window("batches within a minute", batches_of_minute_, 40, 60 * second_us);
}

// --- tokens

std::string QuickBooks::consent() {
  code_ = "code-" + std::to_string(++token_count_);
  return code_;
}

void QuickBooks::revoke() {
  refresh_token_.clear();
  old_refresh_token_.clear();
  access_tokens_.clear();
}

void QuickBooks::reject_access() {
  access_tokens_.clear();
}

Response QuickBooks::grant() {
  const std::string access = "access-" + std::to_string(++token_count_);
  access_tokens_[access] = clock_.now + 3600 * second_us;
  return json_response(200, {{"access_token", access},
                             {"refresh_token", refresh_token_},
                             {"token_type", "bearer"},
                             {"expires_in", 3600},
                             {"x_refresh_token_expires_in", 8'640'000}});
}

Response QuickBooks::token_call(const Message& message) {
  std::map<std::string, std::string> form;
  for (const auto& [key, value] : qb::http::parse_query(message.body))
    form[key] = value;
  const Response refused = json_response(400, {{"error", "invalid_grant"}});
  if (form["grant_type"] == "authorization_code") {
    if (code_.empty() || form["code"] != code_) return refused;
    code_.clear();
    refresh_token_ = "refresh-" + std::to_string(++token_count_);
    old_refresh_token_.clear();
    return grant();
  }
  const std::string& token = form["refresh_token"];
  if (token.empty() || (token != refresh_token_ && token != old_refresh_token_)) return refused;
  if (token == refresh_token_ && swarm_.rotates) {
    old_refresh_token_ = swarm_.old_token_dies ? "" : refresh_token_;
    refresh_token_ = "refresh-" + std::to_string(++token_count_);
  }
  return grant();
}

// --- the company

const Json* QuickBooks::remembered(const std::string& key) {
  const auto found = memory_.find(key);
  if (found == memory_.end()) return nullptr;
  const bool forgotten =
      swarm_.remembers_s >= 0 && clock_.now - found->second.at >= swarm_.remembers_s * second_us;
  return forgotten ? nullptr : &found->second.answer;
}

void QuickBooks::remember(const std::string& key, const Json& answer) {
  memory_[key] = {answer, clock_.now};
}

void QuickBooks::see_same_bytes(const std::string& request_id, const std::string& body) {
  const auto [found, is_new] = bodies_.try_emplace(request_id, body);
  if (!is_new && found->second != body)
    history_.violated(history_.nickname(request_id) + " came again with another body");
}

Json QuickBooks::done(const std::string& entity, const std::string& operation, const Json& body,
                      bool allows_double_number) {
  const Books::Outcome outcome = operation == "delete"
                                     ? books_.remove(entity, body, time())
                                     : books_.write(entity, body, allows_double_number, time());
  const std::string number =
      body.value("DocNumber", body.value("Name", body.value("DisplayName", "")));
  history_.add("  QuickBooks: " + entity + " " + number + " " +
               (body.contains("Id") ? "Id " + body["Id"].get<std::string>() + " " : "") +
               (outcome.fault ? "refused " + outcome.fault->code
                              : operation + "d as Id " + outcome.object["Id"].get<std::string>()));
  if (outcome.fault) return fault_json(*outcome.fault);
  return {{entity, outcome.object}};
}

Json QuickBooks::batch(const Json& request, const std::string& request_id, std::size_t items) {
  Json answers = Json::array();
  for (const Json& item : request["BatchItemRequest"]) {
    if (answers.size() >= items) break;
    const std::string key = request_id + "|" + item["bId"].get<std::string>();
    if (const Json* before = remembered(key)) {
      answers.push_back(*before);
      continue;
    }
    const char* entity = item.contains("Bill") ? "Bill" : "PurchaseOrder";
    Json answer = done(entity, item["operation"], item[entity], false);
    answer["bId"] = item["bId"];
    remember(key, answer);
    answers.push_back(std::move(answer));
  }
  return {{"BatchItemResponse", answers}, {"time", erp::to_rfc3339(time())}};
}

void QuickBooks::do_part(const Message& message, int items) {
  const Address address = address_of(message.url);
  const std::string& request_id = address.parameters.at("requestid");
  see_same_bytes(request_id, message.body);
  batch(Json::parse(message.body), request_id, static_cast<std::size_t>(items));
}

Response QuickBooks::query(const std::string& statement) const {
  const auto word_after = [&](const std::string& word) {
    const std::size_t at = statement.find(word);
    if (at == std::string::npos) return std::string();
    const std::size_t from = at + word.size();
    return statement.substr(from, statement.find(' ', from) - from);
  };
  const std::string entity = word_after("FROM ");
  if (entity == "CompanyInfo")
    return json_response(200,
                         {{"QueryResponse", {{"CompanyInfo", {{{"Id", "1"}, {"Country", "US"}}}}}},
                          {"time", erp::to_rfc3339(time())}});
  std::string member, wanted;
  if (const std::size_t equals = statement.find(" = '"); equals != std::string::npos) {
    const std::size_t from = statement.find("WHERE ") + 6;
    member = statement.substr(from, equals - from);
    wanted = statement.substr(equals + 4, statement.find('\'', equals + 4) - equals - 4);
  }
  Json rows = Json::array();
  for (const auto& [id, record] : books_.table(entity))
    if (!record.deleted && (member.empty() || record.body.value(member, "") == wanted))
      rows.push_back(record.body);
  Json response = Json::object();
  if (!rows.empty()) response[entity] = std::move(rows);
  return json_response(200, {{"QueryResponse", response}, {"time", erp::to_rfc3339(time())}});
}

Response QuickBooks::changes(const std::string& entities, const std::string& since) const {
  const erp::Instant from = erp::parse_instant(since).value_or(0);
  Json all = Json::array();
  for (std::size_t at = 0; at < entities.size();) {
    const std::size_t end = std::min(entities.find(',', at), entities.size());
    const std::string entity = entities.substr(at, end - at);
    at = end + 1;
    Json rows = Json::array();
    for (const auto& [id, record] : books_.table(entity)) {
      if (record.changed_at < from) continue;
      rows.push_back(record.deleted ? Json{{"Id", std::to_string(id)}, {"status", "Deleted"}}
                                    : record.body);
    }
    all.push_back(rows.empty() ? Json::object() : Json{{entity, rows}});
  }
  return json_response(
      200, {{"CDCResponse", {{{"QueryResponse", all}}}}, {"time", erp::to_rfc3339(time())}});
}

Response QuickBooks::preferences() const {
  return json_response(
      200,
      {{"Preferences",
        {{"Id", "1"},
         {"CurrencyPrefs", {{"MultiCurrencyEnabled", false}, {"HomeCurrency", {{"value", "USD"}}}}},
         {"AccountingInfoPrefs",
          {{"ClassTrackingPerTxnLine", false}, {"ClassTrackingPerTxn", false}}}}},
       {"time", erp::to_rfc3339(time())}});
}

Response QuickBooks::company_call(const Message& message) {
  Address address = address_of(message.url);
  std::string token;
  for (const auto& [name, value] : message.headers)
    if (name == "Authorization") token = value.substr(std::string("Bearer ").size());
  const auto known = access_tokens_.find(token);
  if (known == access_tokens_.end() || known->second <= clock_.now)
    return json_response(401, fault_json({"3200", "message=AuthenticationFailed"}));

  if (message.method == "GET") {
    if (address.word == "preferences") return preferences();
    if (address.word == "companyinfo")
      return json_response(
          200, {{"CompanyInfo", {{"Id", "1"}, {"CompanyName", "Example Ltd"}, {"Country", "US"}}}});
    if (address.word == "query") return query(address.parameters["query"]);
    if (address.word == "cdc")
      return changes(address.parameters["entities"], address.parameters["changedSince"]);
    const char* entity = entity_of(address.word);
    const Books::Record* record = entity ? books_.find(entity, address.rest) : nullptr;
    if (!record) return json_response(400, fault_json({"610", "Object Not Found"}));
    return json_response(200, {{entity, record->body}, {"time", erp::to_rfc3339(time())}});
  }
  const std::string& request_id = address.parameters["requestid"];
  if (request_id.empty()) history_.violated("a write came without a request id");
  see_same_bytes(request_id, message.body);
  const Json body = Json::parse(message.body);
  if (address.word == "batch")
    return json_response(200, batch(body, request_id, body["BatchItemRequest"].size()));
  Json answer;
  if (const Json* before = remembered(request_id)) {
    answer = *before;
  } else {
    const bool deletes = address.parameters["operation"] == "delete";
    answer = done(entity_of(address.word),
                  deletes               ? "delete"
                  : body.contains("Id") ? "update"
                                        : "create",
                  body, address.parameters["include"] == "allowduplicatedocnum");
    remember(request_id, answer);
  }
  return json_response(answer.contains("Fault") ? 400 : 200, answer);
}

Response QuickBooks::answer(const Message& message) {
  if (is_of_company(message)) return company_call(message);
  if (message.url == token_url) return token_call(message);
  if (message.url.find(".well-known/") != std::string::npos)
    return json_response(
        200, {{"authorization_endpoint", "https://appcenter.intuit.com/connect/oauth2"},
              {"token_endpoint", token_url},
              {"revocation_endpoint", "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"}});
  return json_response(200, Json::object()); // revocation
}

} // namespace simulation
