#pragma once

#include "erp/sdk/canonical_json.hpp"

#include "path.hpp"

#include <nlohmann/json_fwd.hpp>

namespace erp {

// Keeps the first problem; whatever is read after it is of no use.
struct Reading {
  std::optional<JsonProblem> problem;
  void refuse(const Path& path, std::string what) {
    if (!problem) problem = JsonProblem{{}, path.text(), std::move(what)};
  }
};

// The members of one JSON object, by their names. A reader never throws: what is not as it must be
// is refused with its path, and an empty value stands in for it. Null and missing are the same.
class ObjectReader {
 public:
  // `node` may be null or no object; then that is refused.
  ObjectReader(Reading& reading, const nlohmann::json* node, const Path& path);
  ObjectReader(const ObjectReader&) = delete;

  const Path& path() const { return path_; }
  void refuse(std::string_view name, std::string what) const;

  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::string text(std::string_view name) const;
  std::string identifier(std::string_view name) const; // not empty
  std::optional<std::string> optional_text(std::string_view name) const;
  Decimal decimal(std::string_view name) const;
  std::optional<Decimal> optional_decimal(std::string_view name) const;
  std::optional<Date> optional_date(std::string_view name) const;
  Instant instant(std::string_view name) const;
  std::string currency(std::string_view name) const;
  std::optional<std::string> optional_currency(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  bool boolean(std::string_view name) const;
  Attributes attributes(std::string_view name) const;

  // Index of the text among `choices`.
  template <std::size_t n>
  std::size_t choice(std::string_view name, const char* const (&choices)[n]) const {
    return choice(name, choices, n);
  }

  // take(ObjectReader) for the object, or for each of the array's objects.
  template <class Take>
  auto object(std::string_view name, Take take) const {
    const Path here = path_.member(name);
    return take(ObjectReader(reading_, find(name), here));
  }
  template <class Take>
  void optional_object(std::string_view name, Take take) const {
    if (has(name)) object(name, take);
  }
  template <class Take>
  void array(std::string_view name, Take take) const {
    const std::size_t count = array_size(name);
    const Path here = path_.member(name);
    for (std::size_t i = 0; i < count && !reading_.problem; ++i) {
      const Path element = here.element(i);
      take(ObjectReader(reading_, element_of(name, i), element));
    }
  }

 private:
  const nlohmann::json* find(std::string_view name) const;
  const nlohmann::json* required(std::string_view name, const char* what) const;
  const std::string* string_of(std::string_view name, const nlohmann::json* node,
                               const char* what) const;
  std::size_t choice(std::string_view name, const char* const* choices, std::size_t count) const;
  std::size_t array_size(std::string_view name) const;
  const nlohmann::json* element_of(std::string_view name, std::size_t index) const;

  Reading& reading_;
  const nlohmann::json* node_;
  const Path& path_;
};

} // namespace erp
