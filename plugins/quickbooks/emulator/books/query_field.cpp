#include "query_field.hpp"
#include "text.hpp"

namespace emulator::books {
namespace {

bool is_null_operand(const std::string& text) {
  return text.empty() || text == " ";
}

template <class T>
int order_of(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

FieldValue member_value(const Value& member, Kind kind) {
  if (const auto* flag = member.as_flag()) return *flag;
  if (const auto* number = member.as_number()) return *number;
  if (kind == Kind::reference || kind == Kind::code) return lower(member.text_of("value"));
  if (const auto* text = member.as_text()) return lower(*text);
  return std::monostate{};
}

} // namespace

Outcome<Field> Field::resolve(const EntityInfo& info, std::string_view name, Use use) {
  if (same_ignoring_case(name, "Id")) return Field{info, Source::id, "Id", Kind::id};
  if (same_ignoring_case(name, "MetaData.CreateTime"))
    return Field{info, Source::created, "MetaData.CreateTime", Kind::any};
  if (same_ignoring_case(name, "MetaData.LastUpdatedTime"))
    return Field{info, Source::updated, "MetaData.LastUpdatedTime", Kind::any};
  for (const auto& property : info.shape->properties) {
    if (!same_ignoring_case(property.name, name)) continue;
    const bool allowed =
        property.has(trait::filterable) || (use == Use::order && property.has(trait::sortable));
    if (!allowed)
      return tl::unexpected(
          faults::query_invalid("Property " + std::string{property.name} + " is not queryable"));
    const auto source =
        property.name == "FullyQualifiedName" ? Source::qualified_name : Source::member;
    return Field{info, source, property.name, property.kind};
  }
  return tl::unexpected(faults::query_invalid("Property " + std::string{name} +
                                              " not found for Entity " + std::string{info.name}));
}

FieldValue Field::of(const Company& company, const Record& record) const {
  switch (source_) {
  case Source::id:
    return record.id;
  // MetaData shows whole seconds, so whole seconds are what a client can compare with.
  case Source::created:
    return Instant{std::chrono::floor<std::chrono::seconds>(record.created)};
  case Source::updated:
    return Instant{std::chrono::floor<std::chrono::seconds>(record.updated)};
  case Source::qualified_name:
    return lower(fully_qualified_name(company, info_->entity, record.body));
  case Source::member:
    break;
  }
  const auto* member = record.body.find(name_);
  return member ? member_value(*member, kind_) : FieldValue{};
}

Outcome<FieldValue> Field::operand(const std::string& text) const {
  const auto bad = [&] {
    return tl::unexpected(faults::query_invalid("value " + text + " is not valid for property " +
                                                std::string{name_}));
  };
  if (source_ == Source::created || source_ == Source::updated) {
    const auto instant = parse_instant(text);
    if (!instant) return bad();
    return FieldValue{*instant};
  }
  if (source_ == Source::id) {
    const auto number = parse_number(text);
    if (!number) return bad();
    return FieldValue{*number};
  }
  if (is_null_operand(text)) return FieldValue{};
  switch (kind_) {
  case Kind::boolean:
    if (same_ignoring_case(text, "true")) return FieldValue{true};
    if (same_ignoring_case(text, "false")) return FieldValue{false};
    return bad();
  case Kind::decimal:
  case Kind::integer: {
    const auto number = Decimal::parse(text);
    if (!number) return bad();
    return FieldValue{*number};
  }
  case Kind::date:
    if (!is_calendar_day(text)) return bad();
    return FieldValue{text};
  default:
    return FieldValue{lower(text)};
  }
}

int compare_fields(const FieldValue& a, const FieldValue& b) {
  if (a.index() != b.index()) return order_of(a.index(), b.index());
  if (const auto* text = std::get_if<std::string>(&a))
    return text->compare(std::get<std::string>(b));
  if (const auto* number = std::get_if<Decimal>(&a)) return compare(*number, std::get<Decimal>(b));
  if (const auto* id = std::get_if<std::uint64_t>(&a))
    return order_of(*id, std::get<std::uint64_t>(b));
  if (const auto* at = std::get_if<Instant>(&a)) return order_of(*at, std::get<Instant>(b));
  if (const auto* flag = std::get_if<bool>(&a)) return order_of(*flag, std::get<bool>(b));
  return 0;
}

} // namespace emulator::books
