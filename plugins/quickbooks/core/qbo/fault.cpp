#include "core/qbo/fault.hpp"

#include "core/qbo/fault_text.hpp"

#include <array>

namespace qb::qbo {
namespace {

// Services write Fault, Error, Message; gateways fault, error, message.
const Value* either(const Value& object, std::string_view service, std::string_view gateway) {
  const Value* const found = object.find(service);
  return found != nullptr && !found->is_null() ? found : object.find(gateway);
}

std::string text_of_either(const Value& object, std::string_view service,
                           std::string_view gateway) {
  std::string text = object.text_of(service);
  return text.empty() ? object.text_of(gateway) : text;
}

FaultError error_from(const Value& object) {
  const std::string message = text_of_either(object, "Message", "message");
  const std::string detail = text_of_either(object, "Detail", "detail");
  FaultError error;
  error.code = code_from(text_of_either(object, "code", "Code"), message, detail);
  error.message = without_secrets(message);
  error.detail = without_secrets(detail);
  error.element = without_secrets(text_of_either(object, "element", "Element"));
  return error;
}

std::optional<Fault> fault_from(const Value& object) {
  if (object.members() == nullptr) return std::nullopt;
  Fault fault;
  fault.type = text_of_either(object, "type", "Type");
  const Value* const errors = either(object, "Error", "error");
  if (errors != nullptr && errors->members() != nullptr)
    fault.errors.push_back(error_from(*errors));
  if (errors != nullptr && errors->items() != nullptr)
    for (const Value& error : *errors->items())
      if (error.members() != nullptr && fault.errors.size() < fault_errors_max)
        fault.errors.push_back(error_from(error));
  order_by_restriction(fault);
  return fault;
}

// Within a 200: uploads answer one fault a file, queries and change lists one in the response.
constexpr std::array<std::string_view, 6> wrappers = {"AttachableResponse", "attachableResponse",
                                                      "QueryResponse",      "queryResponse",
                                                      "CDCResponse",        "cdcresponse"};

std::optional<Fault> search(const Value& value, int depth) {
  constexpr int wrappers_deep_max = 2; // CDCResponse -> QueryResponse -> Fault
  if (const Value* const fault = either(value, "Fault", "fault"))
    if (auto found = fault_from(*fault)) return found;
  if (depth >= wrappers_deep_max) return std::nullopt;
  for (const std::string_view name : wrappers) {
    const Value* const wrapped = value.find(name);
    if (wrapped == nullptr) continue;
    if (wrapped->members() != nullptr)
      if (auto found = search(*wrapped, depth + 1)) return found;
    if (wrapped->items() != nullptr)
      for (const Value& item : *wrapped->items())
        if (auto found = search(item, depth + 1)) return found;
  }
  return std::nullopt;
}

} // namespace

std::optional<Fault> fault_in(const Value& answer) {
  return search(answer, 0);
}

} // namespace qb::qbo
