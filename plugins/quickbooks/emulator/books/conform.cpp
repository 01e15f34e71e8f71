#include "conform.hpp"
#include "instant.hpp"
#include "text.hpp"

#include <algorithm>

namespace emulator::books {
namespace {

constexpr long long number_max = 99'999'999'999; // Item.UnitPrice, PurchaseCost (API reference)
constexpr int decimals_max = 10; // finer digits, which no price or quantity needs, are rounded away
constexpr std::size_t known_properties_shown_max = 60;

Fault unrecognized(const Shape& shape, std::string_view name) {
  std::vector<std::string_view> known{"Id", "SyncToken", "MetaData", "domain", "sparse", "status"};
  for (const auto& property : shape.properties)
    known.push_back(property.name);
  known.insert(known.end(), shape.tolerated.begin(), shape.tolerated.end());
  std::string detail = "Unrecognized field \"" + std::string{name} +
                       "\" (class com.intuit.schema.finance.v3." + std::string{shape.type_name} +
                       "), not marked as ignorable (" + std::to_string(known.size()) +
                       " known properties: ";
  const auto shown = std::min(known.size(), known_properties_shown_max);
  for (std::size_t i = 0; i < shown; ++i)
    detail += (i ? ", \"" : "\"") + std::string{known[i]} + "\"";
  detail += shown < known.size() ? " [truncated]])\n" : "])\n";
  return faults::unknown_property(detail);
}

Fault not_of_type(std::string_view type) {
  return faults::unknown_property("Can not instantiate value of type [simple type, class " +
                                  std::string{type} + "] from this JSON token\n");
}

/// A scalar as text, the way Jackson coerces it.
std::optional<std::string> scalar_text(const Value& value) {
  if (const auto* text = value.as_text()) return *text;
  if (const auto* number = value.as_number()) return number->text();
  if (const auto* flag = value.as_flag()) return *flag ? "true" : "false";
  return std::nullopt;
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
}

Outcome<Value> conform_text(const Property& property, const Value& value) {
  const auto text = scalar_text(value);
  if (!text) return tl::unexpected(not_of_type("java.lang.String"));
  if (has_control_characters(*text)) return tl::unexpected(faults::invalid_text(property.name));
  const auto length = code_points(*text);
  if (property.length_max && length > property.length_max)
    return tl::unexpected(faults::length(property.name, property.length_max, length));
  return Value{*text};
}

Outcome<Value> conform_id(const Value& value) {
  const auto text = scalar_text(value);
  if (!text) return tl::unexpected(not_of_type("java.lang.String"));
  if (!text->empty() && !parse_number(*text)) return tl::unexpected(faults::invalid_id(*text));
  return Value{*text};
}

Outcome<Value> conform_flag(const Property& property, const Value& value) {
  if (value.as_flag()) return value;
  const auto* text = value.as_text();
  if (text && (*text == "true" || *text == "false")) return Value{*text == "true"};
  return tl::unexpected(Fault{"2230", "Invalid Boolean",
                              "Invalid Boolean : " + std::string{property.name},
                              std::string{property.name}});
}

Outcome<Value> conform_number(const Property& property, const Value& value) {
  std::optional<Decimal> number;
  if (const auto* direct = value.as_number()) number = *direct;
  if (const auto* text = value.as_text()) {
    if (text->empty()) return value;
    number = Decimal::parse(*text);
  }
  const std::string shown = scalar_text(value).value_or("");
  if (!number) return tl::unexpected(faults::not_a_number(property.name, shown));
  if (number->magnitude() > Decimal{number_max})
    return tl::unexpected(faults::number_range(property.name, shown));
  if (property.kind == Kind::integer && number->trimmed().scale() != 0)
    return tl::unexpected(faults::not_a_number(property.name, shown));
  if (number->scale() > decimals_max) number = number->rounded(decimals_max);
  return Value{number->trimmed()};
}

Outcome<Value> conform_date(const Property& property, const Value& value) {
  const auto* text = value.as_text();
  if (!text)
    return tl::unexpected(faults::date_format(property.name, scalar_text(value).value_or("")));
  if (text->empty() || is_calendar_day(*text)) return value;
  const bool pattern =
      text->size() == 10 && (*text)[4] == '-' && (*text)[7] == '-' &&
      std::count_if(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
  if (!pattern) return tl::unexpected(faults::date_format(property.name, *text));
  return tl::unexpected(Fault{"2070", "Invalid Date", "Invalid Date. Supplied value:" + *text,
                              std::string{property.name}});
}

Outcome<Value> conform_choice(const Property& property, const Value& value) {
  const auto text = scalar_text(value);
  if (!text) return tl::unexpected(not_of_type("java.lang.Enum"));
  if (text->empty()) return Value{*text};
  const auto& choices = property.choices;
  if (std::find(choices.begin(), choices.end(), *text) == choices.end())
    return tl::unexpected(faults::enumeration(property.name, *text));
  return Value{*text};
}

Outcome<Value> conform_reference(const Value& value) {
  static constexpr std::string_view type = "com.intuit.schema.finance.v3.ReferenceType";
  const auto* members = value.as_object();
  if (!members) return tl::unexpected(not_of_type(type));
  std::string id;
  for (const auto& member : *members) {
    if (member.name != "value" && member.name != "name" && member.name != "type")
      return tl::unexpected(faults::unknown_property(
          "Unrecognized field \"" + member.name + "\" (class " + std::string{type} +
          "), not marked as ignorable (3 known properties: \"value\", \"name\", "
          "\"type\"])\n"));
    if (member.name == "value" && !member.value.is_null()) {
      const auto text = scalar_text(member.value);
      if (!text) return tl::unexpected(not_of_type("java.lang.String"));
      id = *text;
    }
  }
  return id.empty() ? Value{""} : reference_to(id);
}

Outcome<Value> conform_list(const Property& property, const Value& value) {
  const auto* items = value.as_list();
  if (!items) return tl::unexpected(not_of_type("java.util.ArrayList"));
  Value result = Value::list();
  for (const auto& item : *items) {
    auto conformed = conform(*property.shape, item);
    if (!conformed) return conformed;
    result.append(std::move(*conformed));
  }
  return result;
}

Outcome<Value> conform_property(const Property& property, const Value& value) {
  switch (property.kind) {
  case Kind::text:
    return conform_text(property, value);
  case Kind::id:
    return conform_id(value);
  case Kind::boolean:
    return conform_flag(property, value);
  case Kind::decimal:
  case Kind::integer:
    return conform_number(property, value);
  case Kind::date:
    return conform_date(property, value);
  case Kind::choice:
    return conform_choice(property, value);
  case Kind::reference:
  case Kind::code:
    return conform_reference(value);
  case Kind::object:
    return conform(*property.shape, value);
  case Kind::list:
    return conform_list(property, value);
  case Kind::any:
    return value;
  }
  return value;
}

} // namespace

Outcome<Value> conform(const Shape& shape, const Value& body) {
  const auto* members = body.as_object();
  if (!members)
    return tl::unexpected(
        not_of_type("com.intuit.schema.finance.v3." + std::string{shape.type_name}));
  Value result = Value::object();
  for (const auto& member : *members) {
    const auto* property = shape.find(member.name);
    if (!property) {
      if (!shape.tolerates(member.name)) return tl::unexpected(unrecognized(shape, member.name));
      continue;
    }
    if (property->has(trait::read_only) || member.value.is_null()) continue;
    auto value = conform_property(*property, member.value);
    if (!value) return value;
    result.set(member.name, std::move(*value));
  }
  return result;
}

} // namespace emulator::books
