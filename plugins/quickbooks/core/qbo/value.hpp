#pragma once

#include "erp/sdk/decimal.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace qb::qbo {

// A JSON value as QuickBooks reads and writes it: members keep their order, and a number is its
// digits, never a double, so that an amount goes out and comes back exactly as it stands (decision
// 9).
class Value {
 public:
  struct Number {
    std::string digits;
    friend bool operator==(const Number&, const Number&) = default;
  };
  using Array = std::vector<Value>;
  using Member = std::pair<std::string, Value>;
  using Object = std::vector<Member>;

  // Implicit, so that a body is written as it reads. Each takes its very type: an int is not a
  // bool, 0 is not a text.
  // NOLINTBEGIN(google-explicit-constructor)
  Value() = default; // null
  template <std::same_as<bool> Boolean>
  Value(Boolean b) : data_(b) {}
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool> && !std::same_as<Integer, char>) Value(Integer number)
      : data_(Number{std::to_string(number)}) {}
  Value(std::nullptr_t) = delete;
  Value(std::string text) : data_(std::move(text)) {}
  Value(std::string_view text) : data_(std::string(text)) {}
  Value(const char* text) : data_(std::string(text)) {}
  Value(const erp::Decimal& number) : data_(Number{number.to_string()}) {}
  Value(Number number) : data_(std::move(number)) {}
  Value(Array items) : data_(std::move(items)) {}
  Value(Object members) : data_(std::move(members)) {}
  // NOLINTEND(google-explicit-constructor)
  static Value object() { return Value(Object{}); }
  static Value array() { return Value(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  const bool* boolean() const { return std::get_if<bool>(&data_); }
  const std::string* text() const { return std::get_if<std::string>(&data_); }
  const Number* number() const { return std::get_if<Number>(&data_); }
  const Array* items() const { return std::get_if<Array>(&data_); }
  const Object* members() const { return std::get_if<Object>(&data_); }
  Array* items() { return std::get_if<Array>(&data_); }
  Object* members() { return std::get_if<Object>(&data_); }

  // The member, or null if there is none or this is no object.
  const Value* find(std::string_view key) const;
  // A member of a member: at("VendorRef", "value").
  const Value* find(std::string_view key, std::string_view inner) const;
  // The text of a text member, the digits of a number member, else "".
  std::string text_of(std::string_view key) const;
  std::string text_of(std::string_view key, std::string_view inner) const;
  // The exact number, if it, or the member, is one and fits; "1.5E3" is read too.
  std::optional<erp::Decimal> decimal() const;
  std::optional<erp::Decimal> decimal_of(std::string_view key) const;
  // Sets or replaces a member, keeping its place. Makes an object of a null. Throws on any other
  // kind, as push does.
  Value& set(std::string_view key, Value value);
  void erase(std::string_view key);
  void push(Value value); // appends; makes an array of a null

  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> data_;
};

// {"value":"41"}: how an object names another one.
inline Value reference_to(const std::string& id) {
  return Value::object().set("value", id);
}

// Limits on what is read; an answer beyond them is unreadable, not an answer.
constexpr std::size_t answer_size_max_bytes = 32u * 1024 * 1024;
constexpr int answer_depth_max = 32;
constexpr std::size_t answer_values_max = 2'000'000; // of any kind, containers included

// Compact JSON, UTF-8 as it is, control characters escaped; numbers verbatim. Throws
// std::invalid_argument on text that is not UTF-8 and on a Number whose digits are none: both are
// to be kept out long before.
std::string write(const Value& value);
// Problem text on malformed JSON, invalid UTF-8, a doubled key, or beyond the limits above; it
// never quotes what was read, which may be secret.
tl::expected<Value, std::string> read(std::string_view json);

} // namespace qb::qbo
