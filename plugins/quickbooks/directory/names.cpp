#include "directory/names.hpp"

#include <stdexcept>

namespace qb::directory {

std::string_view without_deleted(std::string_view name) {
  constexpr std::string_view suffix = " (deleted)";
  if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix)
    name.remove_suffix(suffix.size());
  return name;
}

qbo::Known known_of(const store::Query& row) {
  qbo::Known known;
  const auto entity = qbo::entity_from_json_name(row.text(0));
  if (!entity) throw std::logic_error("no such entity: " + row.text(0));
  known.entity = *entity;
  known.id = row.text(1);
  known.sync_token = row.text(2);
  known.name = row.text(3);
  known.full_name = row.text(4);
  known.account_number = row.text(5);
  known.kind = row.text(6);
  known.currency = row.text(7);
  known.vendor_id = row.text(8);
  known.private_note = row.text(9);
  known.active = row.flag(10);
  return known;
}

std::vector<qbo::Known> all_known_of(store::Query& rows) {
  std::vector<qbo::Known> all;
  while (rows.step())
    all.push_back(known_of(rows));
  return all;
}

} // namespace qb::directory
