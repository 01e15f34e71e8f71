#include "value.hpp"

#include <algorithm>

namespace emulator::books {

const Value* Value::find(std::string_view name) const {
  const auto* members = as_object();
  if (!members) return nullptr;
  for (const auto& member : *members)
    if (member.name == name) return &member.value;
  return nullptr;
}

Value* Value::find(std::string_view name) {
  return const_cast<Value*>(static_cast<const Value*>(this)->find(name));
}

Value& Value::set(std::string_view name, Value value) {
  if (!as_object()) content_ = Object{};
  if (auto* present = find(name)) {
    *present = std::move(value);
    return *present;
  }
  auto& members = *as_object();
  members.push_back({std::string{name}, std::move(value)});
  return members.back().value;
}

void Value::erase(std::string_view name) {
  if (auto* members = as_object())
    std::erase_if(*members, [&](const Member& member) { return member.name == name; });
}

void Value::append(Value item) {
  if (!as_list()) content_ = List{};
  as_list()->push_back(std::move(item));
}

std::string Value::text_of(std::string_view name) const {
  const auto* value = find(name);
  const auto* text = value ? value->as_text() : nullptr;
  return text ? *text : std::string{};
}

bool Value::flag_of(std::string_view name) const {
  const auto* value = find(name);
  const auto* flag = value ? value->as_flag() : nullptr;
  return flag && *flag;
}

Decimal Value::number_of(std::string_view name) const {
  const auto* value = find(name);
  const auto* number = value ? value->as_number() : nullptr;
  return number ? *number : Decimal{};
}

const Value::List& Value::list_of(std::string_view name) const {
  static const List empty;
  const auto* value = find(name);
  const auto* list = value ? value->as_list() : nullptr;
  return list ? *list : empty;
}

std::string Value::ref_of(std::string_view name) const {
  const auto* reference = find(name);
  return reference ? reference->text_of("value") : std::string{};
}

Value reference_to(std::string_view id) {
  Value reference = Value::object();
  reference.set("value", id);
  return reference;
}

} // namespace emulator::books
