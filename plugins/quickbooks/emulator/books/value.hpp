#pragma once
#include "decimal.hpp"

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace emulator::books {

struct Member;

/// One JSON value. Numbers are exact decimals; objects keep the order in which members were set.
class Value {
 public:
  using List = std::vector<Value>;
  using Object = std::vector<Member>;

  Value();
  Value(bool flag);
  Value(Decimal number);
  Value(std::string text);
  Value(std::string_view text);
  Value(const char* text);
  Value(List items);
  Value(Object members);
  Value(const Value&);
  Value(Value&&) noexcept;
  Value& operator=(const Value&);
  Value& operator=(Value&&) noexcept;
  ~Value();

  static Value object();
  static Value list();

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
  [[nodiscard]] const bool* as_flag() const { return std::get_if<bool>(&content_); }
  [[nodiscard]] const Decimal* as_number() const { return std::get_if<Decimal>(&content_); }
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&content_); }
  [[nodiscard]] const List* as_list() const { return std::get_if<List>(&content_); }
  [[nodiscard]] List* as_list() { return std::get_if<List>(&content_); }
  [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&content_); }
  [[nodiscard]] Object* as_object() { return std::get_if<Object>(&content_); }

  /// The member of that name, or nullptr when this is no object or has none.
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] Value* find(std::string_view name);

  /// Sets a member, in its place if it is there already. Makes an object of anything else.
  Value& set(std::string_view name, Value value);
  void erase(std::string_view name);
  void append(Value item);

  /// What the member holds, or a default when it is missing or of another kind.
  [[nodiscard]] std::string text_of(std::string_view name) const;
  [[nodiscard]] bool flag_of(std::string_view name) const;
  [[nodiscard]] Decimal number_of(std::string_view name) const;
  /// The items of a list member; empty when missing.
  [[nodiscard]] const List& list_of(std::string_view name) const;
  /// `value` of a reference member, empty when missing.
  [[nodiscard]] std::string ref_of(std::string_view name) const;

 private:
  std::variant<std::monostate, bool, Decimal, std::string, List, Object> content_;
};

struct Member {
  std::string name;
  Value value;
};

// Here, where a Member is complete.
inline Value::Value() = default;
inline Value::Value(bool flag) : content_(flag) {}
inline Value::Value(Decimal number) : content_(number) {}
inline Value::Value(std::string text) : content_(std::move(text)) {}
inline Value::Value(std::string_view text) : content_(std::string{text}) {}
inline Value::Value(const char* text) : content_(std::string{text}) {}
inline Value::Value(List items) : content_(std::move(items)) {}
inline Value::Value(Object members) : content_(std::move(members)) {}
inline Value::Value(const Value&) = default;
inline Value::Value(Value&&) noexcept = default;
inline Value& Value::operator=(const Value&) = default;
inline Value& Value::operator=(Value&&) noexcept = default;
inline Value::~Value() = default;
inline Value Value::object() {
  return Value{Object{}};
}
inline Value Value::list() {
  return Value{List{}};
}

/// A reference as transactions hold it: {"value":"42"}.
Value reference_to(std::string_view id);

/// Why a text is not the JSON we take.
struct BadJson {
  enum class Reason { syntax, encoding, number, depth } reason;
  std::string detail;
};

/// Reads strict JSON in UTF-8, at most 64 levels deep. Of members named twice the last one counts.
tl::expected<Value, BadJson> parse_json(std::string_view text);

/// Writes compact JSON; numbers exactly as they are.
std::string json_text(const Value& value);

} // namespace emulator::books
