#include "batch.hpp"
#include "query.hpp"
#include "text.hpp"
#include "writing.hpp"

#include <algorithm>
#include <set>

namespace emulator::books {
namespace {

constexpr std::size_t batch_items_max = 30; // "limits and throttles" page
constexpr std::size_t bid_length_max = 50;

Outcome<Value> run_item(Company& company, const Value& item, Instant now) {
  Value response = Value::object();
  if (const auto* query = item.find("Query")) {
    auto rows = run_query(company, query->as_text() ? *query->as_text() : std::string{});
    if (!rows) return rows;
    response.set("QueryResponse", std::move(*rows));
    return response;
  }
  const EntityInfo* info = nullptr;
  const Value* body = nullptr;
  for (const auto& member : *item.as_object()) {
    if (member.name == "bId" || member.name == "operation" || member.name == "optionsData")
      continue;
    const auto* named = entity_named(member.name);
    if (!named || named->name != member.name)
      return tl::unexpected(
          faults::unknown_property("Unrecognized field \"" + member.name +
                                   "\" (class com.intuit.schema.finance.v3."
                                   "BatchItemRequest), not marked as ignorable\n"));
    info = named;
    body = &member.value;
  }
  if (!info) return tl::unexpected(faults::missing("BatchItemRequest.IntuitObject"));
  const auto operation = item.text_of("operation");
  Outcome<Value> done = tl::unexpected(faults::enumeration("operation", operation));
  if (operation == "delete") {
    done = delete_object(company, *info, *body, now);
  } else if (operation == "create" || operation == "update") {
    if (operation == "update" && !body->find("Id")) return tl::unexpected(faults::missing("Id"));
    WriteOptions options;
    options.allow_duplicate_number =
        lower(item.text_of("optionsData")).find("allowduplicatedocnum") != std::string::npos;
    done = write_object(company, *info, *body, options, now);
  }
  if (!done) return done;
  response.set(info->name, std::move(*done));
  return response;
}

Objection check_items(const Value::List& items) {
  if (items.size() > batch_items_max)
    return Fault{"1040", "Batch size exceeded",
                 "The batch has " + std::to_string(items.size()) + " items; at most " +
                     std::to_string(batch_items_max) + " are allowed.",
                 ""};
  std::set<std::string> seen;
  for (const auto& item : items) {
    if (!item.as_object())
      return faults::unknown_property("Can not instantiate BatchItemRequest\n");
    const auto bid = item.text_of("bId");
    if (bid.empty()) return faults::missing("bId");
    if (code_points(bid) > bid_length_max)
      return faults::length("bId", bid_length_max, code_points(bid));
    if (!seen.insert(bid).second)
      return faults::coded("2600", "Conflicting elements", "bId " + bid + " occurs twice.", "bId");
  }
  return {};
}

} // namespace

Outcome<Value> run_batch(Company& company, const Value& body, Instant now) {
  const auto* requests = body.find("BatchItemRequest");
  if (!requests || !requests->as_list()) return tl::unexpected(faults::missing("BatchItemRequest"));
  if (auto fault = check_items(*requests->as_list())) return tl::unexpected(*fault);
  Value responses = Value::list();
  for (const auto& item : *requests->as_list()) {
    auto done = run_item(company, item, now);
    Value response = Value::object();
    if (done)
      response = std::move(*done);
    else
      response.set("Fault", fault_value(done.error()));
    response.set("bId", item.text_of("bId"));
    responses.append(std::move(response));
  }
  if (company.disputed.is("batch_order", "shuffled")) {
    auto& items = *responses.as_list();
    std::rotate(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2),
                items.end());
    std::reverse(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2));
  }
  Value answer = Value::object();
  answer.set("BatchItemResponse", std::move(responses));
  return answer;
}

} // namespace emulator::books
