#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acceptance {

// JSON as a test looks at it: a number is its digits, so that an amount is compared exactly.
// Shares no code with the plugin. Looking for what is not there gives null, never an error.
class Json {
 public:
  enum class Kind { null, boolean, number, text, array, object };
  using Member = std::pair<std::string, Json>;

  Json() = default;       // null
  Json(std::string text); // NOLINT(google-explicit-constructor)
  Json(const char* text); // NOLINT(google-explicit-constructor)
  static Json number(std::string digits);
  static Json object() { return Json(Kind::object); }
  static Json array() { return Json(Kind::array); }
  static Json parse(std::string_view json); // throws std::runtime_error that quotes it

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  // Of an object. The first member of the name.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return !(*this)[key].is_null(); }
  // Of an array.
  const Json& at(std::size_t index) const;
  std::size_t size() const { return items_.size() + members_.size(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  const std::vector<Member>& members() const { return members_; }
  // The text, the digits of a number, true or false, "" of anything else.
  const std::string& text() const { return text_; }
  std::int64_t integer() const; // throws unless it is a whole number

  Json& set(std::string_view key, Json value); // sets or replaces
  void erase(std::string_view key);
  void push(Json item);
  Json& item(std::size_t index) { return items_.at(index); }
  Json& member(std::string_view key); // throws if it is missing

  std::string dump() const;

 private:
  explicit Json(Kind kind) : kind_(kind) {}
  Kind kind_ = Kind::null;
  std::string text_;
  std::vector<Json> items_;
  std::vector<Member> members_;
  friend class JsonReader;
};

} // namespace acceptance
