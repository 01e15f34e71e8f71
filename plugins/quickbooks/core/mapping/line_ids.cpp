#include "core/mapping/line_ids.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace qb::mapping {
namespace {

const qbo::Value::Array& lines_of(const qbo::Value& object) {
  static const qbo::Value::Array none;
  const qbo::Value* lines = object.find("Line");
  return lines && lines->items() ? *lines->items() : none;
}

bool same_amount(const qbo::Value& a, const qbo::Value& b) {
  const auto left = a.decimal_of("Amount"), right = b.decimal_of("Amount");
  return left && right && *left == *right;
}

// Lays our members over a standing line; a line that changes its kind keeps only the Id.
qbo::Value overlay(const qbo::Value& standing, const qbo::Value& ours) {
  const std::string type = ours.text_of("DetailType");
  qbo::Value out = qbo::Value::object();
  out.set("Id", standing.text_of("Id"));
  for (const auto& [key, value] : *ours.members())
    out.set(key, value);
  if (standing.text_of("DetailType") != type) return out;
  qbo::Value detail = standing.find(type) ? *standing.find(type) : qbo::Value::object();
  detail.erase("ClassRef"); // ours, also when the host has none any more
  for (const auto& [key, value] : *ours.find(type)->members())
    detail.set(key, value);
  out.set(type, std::move(detail));
  return out;
}

} // namespace

std::string line_ids_from(const qbo::Value& answer, const std::vector<std::string>& host_ids,
                          const qbo::Value& sent) {
  const auto& answered = lines_of(answer);
  const auto& asked = lines_of(sent);
  if (answered.size() < host_ids.size() || answered.size() != asked.size()) return {};
  qbo::Value ids = qbo::Value::object();
  for (std::size_t i = 0; i < host_ids.size(); ++i) {
    const std::string id = answered[i].text_of("Id");
    if (id.empty() || !same_amount(answered[i], asked[i])) return {};
    ids.set(host_ids[i], id);
  }
  return qbo::write(ids);
}

qbo::Value::Array merged_lines(const qbo::Value::Array& ours,
                               const std::vector<std::string>& host_ids, const qbo::Value& standing,
                               const std::string& line_ids_json) {
  std::map<std::string, const qbo::Value*> by_id;
  for (const qbo::Value& line : lines_of(standing))
    if (!line.text_of("Id").empty()) by_id[line.text_of("Id")] = &line;

  const auto known_ids = qbo::read(line_ids_json.empty() ? "{}" : line_ids_json);
  std::map<std::string, std::string> id_of;
  if (known_ids && known_ids->members())
    for (const auto& [host_id, id] : *known_ids->members())
      if (id.text()) id_of[host_id] = *id.text();
  const bool all_ours = id_of.empty();

  qbo::Value::Array out;
  std::set<std::string> taken;
  for (const auto& [host_id, id] : id_of)
    taken.insert(id); // ours, whether the host still has them or not
  std::size_t position = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const qbo::Value* old = nullptr;
    if (all_ours) {
      if (position < lines_of(standing).size()) old = &lines_of(standing)[position++];
    } else if (const auto found = id_of.find(host_ids[i]); found != id_of.end()) {
      const auto line = by_id.find(found->second);
      old = line == by_id.end() ? nullptr : line->second;
    }
    out.push_back(old && !old->text_of("Id").empty() ? overlay(*old, ours[i]) : ours[i]);
  }
  if (!all_ours)
    for (const qbo::Value& line : lines_of(standing))
      if (!taken.count(line.text_of("Id"))) out.push_back(line);
  return out;
}

} // namespace qb::mapping
