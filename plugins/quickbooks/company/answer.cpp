#include "core/qbo/answer.hpp"
#include "company/retry_after.hpp"
#include "company/wire.hpp"
#include "core/qbo/entity.hpp"
#include "http/redact.hpp"

namespace qb::company {

namespace {

using verdict::Outcome;
using verdict::OutcomeKind;

std::optional<qbo::Entity> entity_of(std::string_view path_word) {
  using qbo::Entity;
  for (const Entity entity :
       {Entity::company_info, Entity::preferences, Entity::account, Entity::item, Entity::vendor,
        Entity::klass, Entity::purchase_order, Entity::bill})
    if (qbo::path_name(entity) == path_word) return entity;
  return std::nullopt;
}

// Does the answer hold what was asked for? "" : yes; else what is wrong.
std::string mismatch(const qbo::Request& request, const qbo::Value& answer) {
  const std::string_view path = request.path;
  const std::string_view word = path.substr(0, path.find('/'));
  const char* response = word == "query"   ? "QueryResponse"
                         : word == "cdc"   ? "CDCResponse"
                         : word == "batch" ? "BatchItemResponse"
                                           : nullptr;
  if (response) return answer.find(response) ? "" : std::string("it has no ") + response;
  const auto entity = entity_of(word);
  if (!entity) return "";
  const qbo::Value* object = qbo::object_in(answer, *entity);
  if (!object || !object->members()) return "it has no " + std::string(qbo::json_name(*entity));
  // The Id in the path of these is not the object's own.
  if (*entity == qbo::Entity::company_info || *entity == qbo::Entity::preferences) return "";
  if (object->text_of("Id").empty()) return "its object has no Id";
  if (request.method == qbo::Method::get && word.size() < path.size() &&
      object->text_of("Id") != path.substr(word.size() + 1))
    return "it is another object than the one asked for";
  return "";
}

std::string tid_of(const http::Response& response) {
  auto tid = response.header("intuit_tid"); // both spellings occur
  if (!tid) tid = response.header("intuit-tid");
  return tid.value_or("");
}

// A date is counted from the server's own clock where it tells it: ours may be wrong.
std::optional<int> wait_of(const http::Response& response, erp::Instant now) {
  const auto value = response.header("Retry-After");
  if (!value) return std::nullopt;
  const auto date = parse_http_date(response.header("Date").value_or(""));
  return retry_after_s(*value, date.value_or(now));
}

bool has_code(const Outcome& outcome, std::string_view code) {
  const qbo::FaultError* error = outcome.fault ? outcome.fault->first() : nullptr;
  return error && error->code == code;
}

// The kind by status and fault, where the answer is not a good one. nullopt: neither says.
std::optional<OutcomeKind> refused_kind(const Outcome& outcome) {
  if (outcome.http_status == 401) return OutcomeKind::unauthorised;
  if (outcome.http_status == 429 || has_code(outcome, "3001")) return OutcomeKind::throttled;
  if (outcome.http_status >= 500) return OutcomeKind::server_trouble;
  if (!outcome.fault) return std::nullopt;
  if (has_code(outcome, "3200")) return OutcomeKind::unauthorised;
  if (has_code(outcome, "5010")) return OutcomeKind::stale;
  return OutcomeKind::rejected;
}

std::string words_of(const Outcome& outcome) {
  const qbo::FaultError* error = outcome.fault ? outcome.fault->first() : nullptr;
  const std::string status = "status " + std::to_string(outcome.http_status);
  if (!error) return status;
  return http::redacted(status + ", code " + error->code + ": " + error->message);
}

Reply unreadable(Outcome outcome, const std::string& why) {
  outcome.kind = OutcomeKind::unreadable;
  outcome.words = "status " + std::to_string(outcome.http_status) + ", not an answer: " + why;
  return {std::move(outcome), {}};
}

} // namespace

Reply read_answer(const qbo::Request& request, const http::Response& response, erp::Instant now) {
  Outcome outcome;
  outcome.http_status = response.status;
  outcome.intuit_tid = tid_of(response);
  outcome.retry_after_s = wait_of(response, now);
  auto answer = qbo::read(response.body);
  outcome.fault = answer ? qbo::fault_in(*answer) : qbo::fault_in_xml(response.body);
  if (const auto kind = refused_kind(outcome)) {
    outcome.kind = *kind;
    outcome.words = words_of(outcome);
    return {std::move(outcome), {}};
  }
  if (response.status >= 300 && response.status < 400)
    return unreadable(std::move(outcome), "it sends us to another address");
  if (response.status < 200 || response.status >= 300)
    return unreadable(std::move(outcome), "it refuses and does not say why");
  if (!answer) return unreadable(std::move(outcome), answer.error());
  if (const std::string wrong = mismatch(request, *answer); !wrong.empty())
    return unreadable(std::move(outcome), wrong);
  outcome.kind = OutcomeKind::accepted;
  return {std::move(outcome), std::move(*answer)};
}

Reply read_failure(const http::Failure& failure) {
  Outcome outcome;
  outcome.kind = failure.request_left ? OutcomeKind::lost : OutcomeKind::unreachable;
  outcome.words = std::string(failure.request_left ? "no whole answer came" : "nothing was sent") +
                  " (" + http::to_string(failure.kind) + "): " + http::redacted(failure.words);
  return {std::move(outcome), {}};
}

} // namespace qb::company
