#include "query.hpp"
#include "query_field.hpp"
#include "text.hpp"
#include "writing.hpp"

#include <algorithm>

namespace emulator::books {
namespace {

/// A condition with its operands read.
struct Filter {
  Field field;
  Operator op;
  std::vector<FieldValue> operands;
  std::string pattern; ///< of LIKE, in lower case
};

/// SQL's LIKE with % only; both in lower case.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '%')
    ++p;
  return p == pattern.size();
}

bool matches(const Filter& filter, const FieldValue& value) {
  if (filter.op == Operator::like) {
    const auto* text = std::get_if<std::string>(&value);
    return text && is_like(*text, filter.pattern);
  }
  const bool nothing = std::holds_alternative<std::monostate>(value);
  return std::any_of(filter.operands.begin(), filter.operands.end(),
                     [&](const FieldValue& operand) {
                       if (nothing != std::holds_alternative<std::monostate>(operand)) return false;
                       const int order = compare_fields(value, operand);
                       switch (filter.op) {
                       case Operator::less:
                         return order < 0;
                       case Operator::greater:
                         return order > 0;
                       case Operator::less_equal:
                         return order <= 0;
                       case Operator::greater_equal:
                         return order >= 0;
                       default:
                         return order == 0;
                       }
                     });
}

Outcome<Filter> make_filter(const EntityInfo& info, const Condition& condition) {
  auto field = Field::resolve(info, condition.property, Field::Use::filter);
  if (!field) return tl::unexpected(field.error());
  if (field->is_id() && condition.op != Operator::equal && condition.op != Operator::in)
    return tl::unexpected(faults::query_invalid("Property Id allows only = and IN"));
  Filter filter{*field, condition.op, {}, {}};
  if (condition.op == Operator::like) {
    filter.pattern = lower(condition.values.front());
    return filter;
  }
  for (const auto& text : condition.values) {
    auto operand = field->operand(text);
    if (!operand) return tl::unexpected(operand.error());
    filter.operands.push_back(std::move(*operand));
  }
  return filter;
}

/// Inactive list objects are shown only to those who ask about Active.
bool hides_inactive(const EntityInfo& info, const Statement& statement) {
  if (info.family != Family::list && info.family != Family::system) return false;
  return std::none_of(
      statement.conditions.begin(), statement.conditions.end(),
      [](const Condition& condition) { return same_ignoring_case(condition.property, "Active"); });
}

/// Looking for ids or a document number goes through the indexes, everything else through the
/// shelf.
std::vector<const Record*> candidates(const Company& company, const EntityInfo& info,
                                      const std::vector<Filter>& filters) {
  const auto& records = company.shelf(info.entity).records;
  std::vector<const Record*> found;
  const auto take = [&](std::uint64_t id) {
    if (const auto record = records.find(id); record != records.end())
      found.push_back(&record->second);
  };
  for (const auto& filter : filters) {
    const bool exact = filter.op == Operator::equal || filter.op == Operator::in;
    const bool by_number = exact && filter.field.name() == "DocNumber";
    if (!(exact && filter.field.is_id()) && !by_number) continue;
    for (const auto& operand : filter.operands) {
      if (const auto* id = std::get_if<std::uint64_t>(&operand)) {
        take(*id);
      } else if (const auto* number = std::get_if<std::string>(&operand)) {
        for (const auto numbered : company.numbered(info.entity, *number))
          take(numbered);
      } else {
        found.clear();
        break;
      }
    }
    const bool null_wanted =
        std::any_of(filter.operands.begin(), filter.operands.end(), [](const auto& operand) {
          return std::holds_alternative<std::monostate>(operand);
        });
    if (null_wanted) break;
    std::sort(found.begin(), found.end(), [](auto* a, auto* b) { return a->id < b->id; });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }
  found.clear();
  found.reserve(records.size());
  for (const auto& [id, record] : records)
    found.push_back(&record);
  return found;
}

Objection sort_records(const Company& company, const EntityInfo& info, const Statement& statement,
                       std::vector<const Record*>& records) {
  // The last ordering first: each stable sort keeps the ones that matter less.
  for (auto ordering = statement.orderings.rbegin(); ordering != statement.orderings.rend();
       ++ordering) {
    const auto field = Field::resolve(info, ordering->property, Field::Use::order);
    if (!field) return field.error();
    std::vector<std::pair<FieldValue, const Record*>> keyed;
    keyed.reserve(records.size());
    for (const auto* record : records)
      keyed.emplace_back(field->of(company, *record), record);
    std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
      const int order = compare_fields(a.first, b.first);
      return ordering->descending ? order > 0 : order < 0;
    });
    std::transform(keyed.begin(), keyed.end(), records.begin(),
                   [](const auto& entry) { return entry.second; });
  }
  return {};
}

Value page(const Company& company, const EntityInfo& info, const Statement& statement,
           const std::vector<const Record*>& records) {
  const auto first = static_cast<std::size_t>(statement.start_position - 1);
  Value response = Value::object();
  if (first >= records.size()) return response;
  const auto last =
      std::min(records.size(), first + static_cast<std::size_t>(statement.max_results));
  Value rows = Value::list();
  for (auto i = first; i < last; ++i)
    rows.append(answered(company, info, *records[i]));
  response.set(info.name, std::move(rows));
  response.set("startPosition", Decimal{statement.start_position});
  response.set("maxResults", Decimal{static_cast<long long>(last - first)});
  return response;
}

} // namespace

Outcome<Value> run_query(const Company& company, std::string_view text) {
  const auto statement = parse_statement(text);
  if (!statement) return tl::unexpected(statement.error());
  const auto* info = entity_named(statement->entity);
  if (!info)
    return tl::unexpected(
        faults::query_invalid("invalid context declaration: " + statement->entity));
  std::vector<Filter> filters;
  for (const auto& condition : statement->conditions) {
    auto filter = make_filter(*info, condition);
    if (!filter) return tl::unexpected(filter.error());
    filters.push_back(std::move(*filter));
  }
  auto records = candidates(company, *info, filters);
  const bool only_active = hides_inactive(*info, *statement);
  std::erase_if(records, [&](const Record* record) {
    if (only_active && !is_active(record->body)) return true;
    return !std::all_of(filters.begin(), filters.end(), [&](const Filter& filter) {
      return matches(filter, filter.field.of(company, *record));
    });
  });
  if (auto fault = sort_records(company, *info, *statement, records)) return tl::unexpected(*fault);
  if (!statement->count) return page(company, *info, *statement, records);
  Value response = Value::object();
  response.set("totalCount", Decimal{static_cast<long long>(records.size())});
  return response;
}

} // namespace emulator::books
