#include "batch.hpp"
#include "writing.hpp"

#include <algorithm>

namespace emulator::books {
namespace {

constexpr long long objects_max = 1000;
constexpr std::chrono::days look_back_max{30};

struct Live {
  Instant updated;
  const Record* record;
};

/// Objects of one entity: live ones by their time, deleted ones after them.
Value changes_of(const Company& company, const EntityInfo& info, Instant since, long long& room) {
  const auto& shelf = company.shelf(info.entity);
  std::vector<Live> live;
  for (const auto& [id, record] : shelf.records)
    if (record.updated >= since) live.push_back({record.updated, &record});
  std::stable_sort(live.begin(), live.end(),
                   [](const Live& a, const Live& b) { return a.updated < b.updated; });

  Value rows = Value::list();
  for (const auto& entry : live) {
    if (room == 0) break;
    --room;
    rows.append(answered(company, info, *entry.record));
  }
  for (const auto& [id, at] : shelf.deleted) {
    if (at < since || room == 0) continue;
    --room;
    Value meta = Value::object();
    meta.set("LastUpdatedTime", pacific_seconds(at));
    Value row = Value::object();
    row.set("domain", "QBO");
    row.set("status", "Deleted");
    row.set("Id", std::to_string(id));
    row.set("MetaData", std::move(meta));
    rows.append(std::move(row));
  }
  Value response = Value::object();
  const Decimal count{static_cast<long long>(rows.as_list()->size())};
  if (count.sign() == 0) return response;
  response.set(info.name, std::move(rows));
  response.set("startPosition", Decimal{1});
  response.set("maxResults", count);
  response.set("totalCount", count);
  return response;
}

std::vector<std::string_view> split(std::string_view names) {
  std::vector<std::string_view> parts;
  while (!names.empty()) {
    const auto comma = std::min(names.find(','), names.size());
    auto part = names.substr(0, comma);
    while (part.starts_with(' '))
      part.remove_prefix(1);
    while (part.ends_with(' '))
      part.remove_suffix(1);
    parts.push_back(part);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return parts;
}

} // namespace

Outcome<Value> run_cdc(const Company& company, std::string_view entities,
                       std::string_view changed_since, Instant now) {
  if (entities.empty()) return tl::unexpected(faults::missing("entities"));
  if (changed_since.empty()) return tl::unexpected(faults::missing("changedSince"));
  const auto since = parse_instant(changed_since);
  if (!since) return tl::unexpected(faults::date_format("changedSince", changed_since));
  if (*since < now - look_back_max)
    return tl::unexpected(faults::coded("2190", "Invalid date range",
                                        "changedSince reaches back more than 30 days.",
                                        "changedSince"));
  Value responses = Value::list();
  long long room = objects_max;
  for (const auto name : split(entities)) {
    const auto* info = entity_named(name);
    if (!info || !info->in_cdc)
      return tl::unexpected(
          faults::query_invalid("invalid context declaration: " + std::string{name}));
    responses.append(changes_of(company, *info, *since, room));
  }
  Value group = Value::object();
  group.set("QueryResponse", std::move(responses));
  Value answer = Value::object();
  answer.set("CDCResponse", Value::List{std::move(group)});
  return answer;
}

} // namespace emulator::books
