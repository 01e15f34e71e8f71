#pragma once
#include "company.hpp"
#include "fault.hpp"
#include "query_statement.hpp"

#include <variant>

namespace emulator::books {

/// What a record has under a queried property; monostate when it has nothing there.
using FieldValue = std::variant<std::monostate, bool, Decimal, std::uint64_t, Instant, std::string>;

/// A property that a statement names, resolved against the schema of its entity.
class Field {
 public:
  enum class Use { filter, order };
  /// Fault 4001 when the entity has no such property or does not allow this use of it.
  static Outcome<Field> resolve(const EntityInfo& info, std::string_view name, Use use);

  [[nodiscard]] FieldValue of(const Company& company, const Record& record) const;
  /// Reads an operand as this field's type; fault 4001 when it is none.
  [[nodiscard]] Outcome<FieldValue> operand(const std::string& text) const;

  [[nodiscard]] bool is_id() const { return source_ == Source::id; }
  [[nodiscard]] std::string_view name() const { return name_; }

 private:
  enum class Source { id, created, updated, qualified_name, member };
  Field(const EntityInfo& info, Source source, std::string_view name, Kind kind)
      : info_(&info), source_(source), name_(name), kind_(kind) {}

  const EntityInfo* info_;
  Source source_;
  std::string_view name_;
  Kind kind_;
};

/// Less than, equal to or greater than zero; texts without regard to case. Nothing sorts first.
int compare_fields(const FieldValue& a, const FieldValue& b);

} // namespace emulator::books
