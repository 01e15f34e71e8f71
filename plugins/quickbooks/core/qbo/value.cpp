#include "core/qbo/value.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace qb::qbo {
namespace {

// "-1.25E+3" -> "-1250": moves the point as the exponent says. nullopt: no number of a size that
// could matter.
std::optional<std::string> without_exponent(std::string_view digits) {
  constexpr int shift_max = 40; // beyond every decimal that fits, and harmless to write out
  const std::size_t e = digits.find_first_of("eE");
  if (e == std::string_view::npos) return std::string(digits);
  std::string_view exponent = digits.substr(e + 1);
  if (!exponent.empty() && exponent.front() == '+') exponent.remove_prefix(1);
  int shift = 0;
  const auto [end, error] =
      std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
  if (error != std::errc() || end != exponent.data() + exponent.size() || shift > shift_max ||
      shift < -shift_max)
    return std::nullopt;

  std::string_view mantissa = digits.substr(0, e);
  const bool negative = !mantissa.empty() && mantissa.front() == '-';
  if (negative) mantissa.remove_prefix(1);
  std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::string all(mantissa);
  if (point < all.size()) all.erase(point, 1);
  if (shift < 0) {
    const auto back = static_cast<std::size_t>(-shift);
    if (back >= point) all.insert(0, back - point + 1, '0');
    point = back >= point ? 1 : point - back;
  } else {
    point += static_cast<std::size_t>(shift);
    if (point > all.size()) all.append(point - all.size(), '0');
  }
  const std::size_t zeros = std::min(all.find_first_not_of('0'), point - 1);
  all.erase(0, zeros);
  point -= zeros;
  if (point < all.size()) all.insert(point, 1, '.');
  return negative ? "-" + all : all;
}

std::string text_in(const Value* value) {
  if (value == nullptr) return {};
  if (const auto* text = value->text()) return *text;
  if (const auto* number = value->number()) return number->digits;
  return {};
}

} // namespace

const Value* Value::find(std::string_view key) const {
  const Object* const object = members();
  if (object == nullptr) return nullptr;
  for (const auto& [name, value] : *object)
    if (name == key) return &value;
  return nullptr;
}

const Value* Value::find(std::string_view key, std::string_view inner) const {
  const Value* const outer = find(key);
  return outer == nullptr ? nullptr : outer->find(inner);
}

std::string Value::text_of(std::string_view key) const {
  return text_in(find(key));
}

std::string Value::text_of(std::string_view key, std::string_view inner) const {
  return text_in(find(key, inner));
}

std::optional<erp::Decimal> Value::decimal() const {
  if (number() == nullptr) return std::nullopt;
  const auto plain = without_exponent(number()->digits);
  return plain ? erp::Decimal::parse(*plain) : std::nullopt;
}

std::optional<erp::Decimal> Value::decimal_of(std::string_view key) const {
  const Value* const member = find(key);
  return member == nullptr ? std::nullopt : member->decimal();
}

Value& Value::set(std::string_view key, Value value) {
  if (is_null()) data_ = Object{};
  Object* const object = members();
  if (object == nullptr) throw std::logic_error("set() on a JSON value that is no object");
  for (auto& [name, held] : *object)
    if (name == key) {
      held = std::move(value);
      return *this;
    }
  object->emplace_back(std::string(key), std::move(value));
  return *this;
}

void Value::erase(std::string_view key) {
  if (Object* const object = members())
    std::erase_if(*object, [key](const Member& member) { return member.first == key; });
}

void Value::push(Value value) {
  if (is_null()) data_ = Array{};
  Array* const array = items();
  if (array == nullptr) throw std::logic_error("push() on a JSON value that is no array");
  array->push_back(std::move(value));
}

} // namespace qb::qbo
