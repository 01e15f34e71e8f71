#include "core/mapping/line_ids.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace qb::mapping {
namespace {

using qbo::Value;

// Members of a line and of its detail that may be written (Intuit, PurchaseOrder; confirmed but for
// ProjectRef). LineNum is left out, so that the order of the array counts; Received is QuickBooks'.
constexpr std::string_view line_members[] = {"Id",         "Description", "Amount",
                                             "DetailType", "LinkedTxn",   "ProjectRef"};
constexpr std::string_view detail_members[] = {"ItemRef",        "Qty",        "UnitPrice",
                                               "AccountRef",     "ClassRef",   "CustomerRef",
                                               "BillableStatus", "TaxCodeRef", "MarkupInfo"};
// What QuickBooks worked out from the amount; with another amount it would be wrong.
constexpr std::string_view computed_members[] = {"TaxAmount", "TaxInclusiveAmt"};

template <class Names>
void copy_members(const Value& from, const Names& names, Value& into) {
  for (const std::string_view name : names)
    if (const Value* member = from.find(name)) into.set(name, *member);
}

// A line of somebody else: as it stands.
Value untouched(const Value& standing) {
  Value out = Value::object();
  copy_members(standing, line_members, out);
  const std::string type = standing.text_of("DetailType");
  if (const Value* standing_detail = standing.find(type)) {
    Value detail = Value::object();
    copy_members(*standing_detail, detail_members, detail);
    copy_members(*standing_detail, computed_members, detail);
    out.set(type, std::move(detail));
  }
  return out;
}

// Lays our members over a standing line; a line that changes its kind keeps only the Id.
Value overlay(const Value& standing, const Value& ours, bool class_is_ours) {
  const std::string type = ours.text_of("DetailType");
  Value out = Value::object();
  out.set("Id", standing.text_of("Id"));
  for (const auto& [key, value] : *ours.members())
    out.set(key, value);
  const Value* standing_detail = standing.find(type);
  if (standing.text_of("DetailType") != type || !standing_detail) return out;
  for (const std::string_view name : {"LinkedTxn", "ProjectRef"})
    if (const Value* member = standing.find(name)) out.set(name, *member);
  Value detail = Value::object();
  copy_members(*standing_detail, detail_members, detail);
  if (class_is_ours) detail.erase("ClassRef"); // also when the host has none any more
  for (const auto& [key, value] : *ours.find(type)->members())
    detail.set(key, value);
  out.set(type, std::move(detail));
  return out;
}

bool says_the_same(const Value& a, const Value& b) {
  const auto left = a.decimal_of("Amount"), right = b.decimal_of("Amount");
  const std::string type = a.text_of("DetailType");
  if (!left || !right || *left != *right || b.text_of("DetailType") != type) return false;
  for (const char* reference : {"ItemRef", "AccountRef"}) {
    const Value* const one = a.find(type, reference);
    const Value* const other = b.find(type, reference);
    if ((one ? one->text_of("value") : "") != (other ? other->text_of("value") : "")) return false;
  }
  return true;
}

bool has_entries(const Value& object, const char* member) {
  const Value* const list = object.find(member);
  return list && list->items() && !list->items()->empty();
}

// What bills have taken over of a line. Whether QuickBooks says it on each line is unconfirmed;
// where it says it on none, each line of a linked order may be billed.
class Billed {
 public:
  explicit Billed(const Value& standing) {
    const auto& lines = lines_of(standing);
    any_ = is_linked(standing) && std::none_of(lines.begin(), lines.end(), says_so);
  }
  bool operator()(const Value& line) const { return any_ || says_so(line); }

 private:
  static bool says_so(const Value& line) {
    const auto received = line.decimal_of("Received");
    return (received && *received != erp::Decimal(0)) || has_entries(line, "LinkedTxn");
  }
  bool any_;
};

MergedLines laid_in_order(const Value::Array& ours, const std::vector<std::string>& host_ids,
                          const Value& standing, bool class_is_ours) {
  const auto& stand = lines_of(standing);
  MergedLines out{{}, host_ids, {}};
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const bool stands = i < stand.size() && !stand[i].text_of("Id").empty();
    out.lines.push_back(stands ? overlay(stand[i], ours[i], class_is_ours) : ours[i]);
  }
  const Billed billed(standing);
  for (std::size_t i = ours.size(); i < stand.size(); ++i)
    if (billed(stand[i])) {
      out.lines.push_back(untouched(stand[i]));
      out.billed.push_back(stand[i]);
    }
  return out;
}

} // namespace

const Value::Array& lines_of(const Value& object) {
  static const Value::Array none;
  const Value* lines = object.find("Line");
  return lines && lines->items() ? *lines->items() : none;
}

std::map<std::string, std::string> line_ids_of(const std::string& line_ids_json) {
  std::map<std::string, std::string> id_of;
  if (line_ids_json.empty()) return id_of;
  const auto known = qbo::read(line_ids_json);
  if (known && known->members())
    for (const auto& [host_id, id] : *known->members())
      if (id.text() && !id.text()->empty()) id_of[host_id] = *id.text();
  return id_of;
}

std::string line_ids_from(const Value& answer, const std::vector<std::string>& host_ids,
                          const Value& sent) {
  const auto& answered = lines_of(answer);
  const auto& asked = lines_of(sent);
  if (asked.size() < host_ids.size()) return {};
  Value ids = Value::object();
  auto there = answered.begin();
  for (std::size_t i = 0; i < asked.size(); ++i, ++there) {
    there = std::find_if(there, answered.end(),
                         [&](const Value& line) { return says_the_same(line, asked[i]); });
    if (there == answered.end()) return {};
    const std::string id = there->text_of("Id");
    if (id.empty()) return {};
    if (i < host_ids.size()) ids.set(host_ids[i], id);
  }
  return qbo::write(ids);
}

std::string line_ids_after_lost_answer(const std::string& line_ids_json,
                                       const std::vector<std::string>& host_ids, const Value& sent,
                                       const Value& standing) {
  auto id_of = line_ids_of(line_ids_json);
  if (id_of.empty()) return line_ids_json; // every standing line is taken for ours anyway
  std::set<std::string> taken;             // known before, or found just now
  for (const auto& [host_id, id] : id_of)
    taken.insert(id);
  const auto& asked = lines_of(sent);
  for (const Value& line : asked)
    taken.insert(line.text_of("Id"));
  for (std::size_t i = 0; i < host_ids.size() && i < asked.size(); ++i) {
    if (!asked[i].text_of("Id").empty()) continue;
    for (const Value& line : lines_of(standing)) {
      const std::string id = line.text_of("Id");
      if (taken.contains(id) || !says_the_same(line, asked[i])) continue;
      taken.insert(id);
      id_of[host_ids[i]] = id;
      break;
    }
  }
  Value ids = Value::object();
  for (const auto& [host_id, id] : id_of)
    ids.set(host_id, id);
  return qbo::write(ids);
}

bool is_linked(const Value& standing) {
  return has_entries(standing, "LinkedTxn");
}

MergedLines merged_lines(const Value::Array& ours, const std::vector<std::string>& host_ids,
                         const Value& standing, const std::string& line_ids_json,
                         bool class_is_ours) {
  const auto& stand = lines_of(standing);
  const auto id_of = line_ids_of(line_ids_json);
  if (id_of.empty()) return laid_in_order(ours, host_ids, standing, class_is_ours);

  std::map<std::string, const Value*> by_id;
  for (const Value& line : stand)
    by_id.emplace(line.text_of("Id"), &line);
  std::set<std::string> written; // by us, whether the host still has them or not
  for (const auto& [host_id, id] : id_of)
    written.insert(id);

  MergedLines out{{}, host_ids, {}};
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto id = id_of.find(host_ids[i]);
    const auto line = id == id_of.end() ? by_id.end() : by_id.find(id->second);
    out.lines.push_back(line == by_id.end() ? ours[i]
                                            : overlay(*line->second, ours[i], class_is_ours));
  }
  const Billed billed(standing);
  const std::set<std::string> in_host(host_ids.begin(), host_ids.end());
  for (const auto& [host_id, id] : id_of) {
    const auto line = by_id.find(id);
    if (in_host.contains(host_id) || line == by_id.end() || !billed(*line->second)) continue;
    out.lines.push_back(untouched(*line->second));
    out.host_ids.push_back(host_id);
    out.billed.push_back(*line->second);
  }
  for (const Value& line : stand)
    if (!written.contains(line.text_of("Id"))) out.lines.push_back(untouched(line));
  return out;
}

bool has_lines_of_others(const Value& standing, const std::string& line_ids_json) {
  const auto ids = line_ids_of(line_ids_json);
  if (ids.empty()) return false;
  const auto& lines = lines_of(standing);
  return std::any_of(lines.begin(), lines.end(), [&](const Value& line) {
    return std::none_of(ids.begin(), ids.end(),
                        [&](const auto& entry) { return entry.second == line.text_of("Id"); });
  });
}

StandingLines standing_lines(const Value& standing, const std::string& line_ids_json) {
  std::map<std::string, std::string> host_id_of;
  for (const auto& [host_id, id] : line_ids_of(line_ids_json))
    host_id_of.emplace(id, host_id);
  StandingLines out;
  Value::Array others;
  for (const Value& line : lines_of(standing)) {
    const auto ours = host_id_of.find(line.text_of("Id"));
    if (ours == host_id_of.end()) {
      others.push_back(untouched(line));
    } else {
      out.lines.push_back(untouched(line));
      out.host_ids.push_back(ours->second);
    }
  }
  std::move(others.begin(), others.end(), std::back_inserter(out.lines));
  return out;
}

} // namespace qb::mapping
