#include "json_reading.hpp"

#include "currency.hpp"

#include <limits>
#include <nlohmann/json.hpp>

namespace erp {
namespace {

using nlohmann::json;

constexpr const char* must_be_text = "must be a string";
constexpr const char* must_be_decimal = "must be a decimal string such as \"12.50\"";
constexpr const char* must_be_date = "must be a date such as \"2026-11-20\"";
constexpr const char* must_be_instant =
    "must be an RFC 3339 instant such as \"2026-11-20T10:00:00Z\"";
constexpr const char* must_be_currency =
    "must be a currency code of three capital letters such as \"USD\"";
constexpr const char* must_be_integer = "must be a whole number of at most 64 bits";
constexpr const char* must_be_boolean = "must be true or false";
constexpr const char* must_be_array = "must be an array";
constexpr const char* must_be_object = "must be an object";
constexpr const char* must_be_attributes = "must be an object of strings and nulls";

// Looks like "-12.50", whatever its length: then what is wrong with it is the length.
bool has_decimal_form(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const auto all_digits = [](std::string_view digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return all_digits(text.substr(0, point)) &&
         (point == std::string_view::npos || all_digits(text.substr(point + 1)));
}

} // namespace

ObjectReader::ObjectReader(Reading& reading, const json* node, const Path& path)
    : reading_(reading), node_(node), path_(path) {
  if (node_ == nullptr || !node_->is_object()) {
    reading_.refuse(path_, must_be_object);
    node_ = nullptr;
  }
}

void ObjectReader::refuse(std::string_view name, std::string what) const {
  reading_.refuse(path_.member(name), std::move(what));
}

const json* ObjectReader::find(std::string_view name) const {
  if (node_ == nullptr) return nullptr;
  const auto found = node_->find(name);
  return found == node_->end() || found->is_null() ? nullptr : &*found;
}

const json* ObjectReader::required(std::string_view name, const char* what) const {
  const json* node = find(name);
  if (node == nullptr) refuse(name, std::string("is missing: it ") + what);
  return node;
}

const std::string* ObjectReader::string_of(std::string_view name, const json* node,
                                           const char* what) const {
  if (node == nullptr) return nullptr;
  if (!node->is_string()) {
    refuse(name, what);
    return nullptr;
  }
  return node->get_ptr<const std::string*>();
}

std::string ObjectReader::text(std::string_view name) const {
  const std::string* text = string_of(name, required(name, must_be_text), must_be_text);
  return text != nullptr ? *text : std::string();
}

std::string ObjectReader::identifier(std::string_view name) const {
  std::string id = text(name);
  if (id.empty()) refuse(name, "must not be empty");
  return id;
}

std::optional<std::string> ObjectReader::optional_text(std::string_view name) const {
  const std::string* text = string_of(name, find(name), must_be_text);
  return text != nullptr ? std::optional(*text) : std::nullopt;
}

std::optional<Decimal> ObjectReader::optional_decimal(std::string_view name) const {
  const std::string* text = string_of(name, find(name), must_be_decimal);
  if (text == nullptr) return std::nullopt;
  const auto decimal = Decimal::parse(*text);
  if (!decimal)
    refuse(name, has_decimal_form(*text)
                     ? "does not fit: at most 18 decimal places, and 9223372036854775807 "
                       "when the point is left out"
                     : must_be_decimal);
  return decimal;
}

Decimal ObjectReader::decimal(std::string_view name) const {
  required(name, must_be_decimal);
  return optional_decimal(name).value_or(Decimal());
}

std::optional<Date> ObjectReader::optional_date(std::string_view name) const {
  const std::string* text = string_of(name, find(name), must_be_date);
  if (text == nullptr) return std::nullopt;
  const auto date = parse_date(*text);
  if (!date) refuse(name, must_be_date);
  return date;
}

Instant ObjectReader::instant(std::string_view name) const {
  const std::string* text = string_of(name, required(name, must_be_instant), must_be_instant);
  if (text == nullptr) return 0;
  const auto instant = parse_instant(*text);
  if (!instant) refuse(name, must_be_instant);
  return instant.value_or(0);
}

std::optional<std::string> ObjectReader::optional_currency(std::string_view name) const {
  const std::string* text = string_of(name, find(name), must_be_currency);
  if (text == nullptr) return std::nullopt;
  if (!is_currency(*text)) refuse(name, must_be_currency);
  return *text;
}

std::string ObjectReader::currency(std::string_view name) const {
  required(name, must_be_currency);
  return optional_currency(name).value_or(std::string());
}

std::int64_t ObjectReader::integer(std::string_view name) const {
  const json* node = required(name, must_be_integer);
  if (node == nullptr) return 0;
  constexpr auto integer_max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!node->is_number_integer() ||
      (node->is_number_unsigned() && node->get<std::uint64_t>() > integer_max)) {
    refuse(name, must_be_integer);
    return 0;
  }
  return node->get<std::int64_t>();
}

bool ObjectReader::boolean(std::string_view name) const {
  const json* node = required(name, must_be_boolean);
  if (node == nullptr) return false;
  if (!node->is_boolean()) {
    refuse(name, must_be_boolean);
    return false;
  }
  return node->get<bool>();
}

Attributes ObjectReader::attributes(std::string_view name) const {
  Attributes attributes;
  const json* node = find(name);
  if (node == nullptr) return attributes;
  if (!node->is_object()) {
    refuse(name, must_be_attributes);
    return attributes;
  }
  const Path here = path_.member(name);
  for (const auto& [key, value] : node->items()) {
    if (value.is_string())
      attributes.emplace(key, value.get_ref<const std::string&>());
    else if (value.is_null())
      attributes.emplace(key, std::nullopt);
    else
      reading_.refuse(here.member(key), "must be a string or null");
  }
  return attributes;
}

std::size_t ObjectReader::choice(std::string_view name, const char* const* choices,
                                 std::size_t count) const {
  const std::string* text = string_of(name, required(name, must_be_text), must_be_text);
  std::string allowed;
  for (std::size_t i = 0; i < count; ++i) {
    if (text != nullptr && *text == choices[i]) return i;
    allowed.append(i == 0 ? "" : ", ").append(choices[i]);
  }
  if (text != nullptr) refuse(name, "must be one of " + allowed);
  return 0;
}

std::size_t ObjectReader::array_size(std::string_view name) const {
  const json* node = find(name);
  if (node == nullptr) return 0;
  if (!node->is_array()) {
    refuse(name, must_be_array);
    return 0;
  }
  return node->size();
}

const json* ObjectReader::element_of(std::string_view name, std::size_t index) const {
  return &(*find(name))[index];
}

} // namespace erp
