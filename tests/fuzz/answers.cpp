#include "http_text.hpp"
#include "look_at.hpp"
#include "must.hpp"

#include "company/wire.hpp"
#include "core/qbo/answer.hpp"
#include "core/verdict/verdict.hpp"

#include <algorithm>
#include <array>

// Whatever comes instead of an answer of QuickBooks gets a meaning: accepted only if it is the
// object that was asked for, exactly as it was written; else a verdict with words for a person.
namespace {

using qb::qbo::Entity;
using qb::qbo::Value;
using qb::verdict::OutcomeKind;

constexpr erp::Instant now = 1'800'000'000'000'000;
constexpr std::array entities{Entity::company_info, Entity::preferences,    Entity::account,
                              Entity::item,         Entity::vendor,         Entity::klass,
                              Entity::tax_code,     Entity::purchase_order, Entity::bill};

qb::qbo::Request request_for(std::string_view line) {
  qb::qbo::Request request;
  request.method = line.substr(0, 1) == "G" ? qb::qbo::Method::get : qb::qbo::Method::post;
  const std::size_t blank = line.find(' ');
  if (blank != std::string_view::npos) request.path = line.substr(blank + 1);
  return request;
}

void read_objects(const Value& answer) {
  for (const Entity entity : entities) {
    if (const Value* const object = qb::qbo::object_in(answer, entity))
      if (const auto known = qb::qbo::known_from(entity, *object))
        fuzz::must(qb::qbo::is_id(known->id), "an object that is known has an Id");
    for (const Value* row : qb::qbo::rows_in(answer, entity))
      qb::qbo::known_from(entity, *row);
  }
  for (const auto& [entity, row] : qb::qbo::changes_in(answer))
    qb::qbo::known_from(entity, *row);
  if (const Value* const parts = answer.find("BatchItemResponse"); parts && parts->items())
    for (const Value& part : *parts->items())
      qb::qbo::fault_in(part);
}

void judge(const qb::verdict::Outcome& outcome) {
  for (const int attempts : {0, 1, 100}) {
    const auto verdict = qb::verdict::judge(outcome, "purchase_order/1042", attempts, now, 500);
    const auto* const wait = std::get_if<qb::verdict::Wait>(&verdict);
    fuzz::must(!wait || wait->until > now, "who waits, waits for later");
    const auto* const block = std::get_if<qb::verdict::Block>(&verdict);
    if (block)
      fuzz::must(!block->issue.title.empty() && !block->issue.meaning.empty() &&
                     !block->issue.remedy.empty() && !block->issue.cause.empty(),
                 "an issue has a cause, and says what happened, what it means and what to do");
  }
}

} // namespace

void look_at(std::string_view input) {
  const auto request = request_for(fuzz::taken_line(input));
  const auto reply = qb::company::read_answer(request, fuzz::response_in(input), now);
  const auto& outcome = reply.outcome;
  const bool accepted = outcome.kind == OutcomeKind::accepted;
  fuzz::must(accepted == !reply.answer.is_null(), "an answer is handed on if and only if accepted");
  fuzz::must(accepted || !outcome.words.empty(), "what was not accepted has words");
  fuzz::must(!accepted || !outcome.fault, "an answer with a fault is not accepted");
  if (outcome.fault)
    for (const auto& error : outcome.fault->errors)
      fuzz::must(error.detail.size() <= qb::qbo::fault_text_max_bytes, "a fault keeps few words");
  if (accepted) {
    const auto again = qb::qbo::read(qb::qbo::write(reply.answer));
    fuzz::must(again && *again == reply.answer, "an answer is written as it was read");
    read_objects(reply.answer);
  }
  judge(outcome);
}
