#include "core/qbo/request.hpp"

#include <stdexcept>

namespace qb::qbo {

Request create_or_update(Entity entity, std::string body) {
  return {Method::post, std::string(path_name(entity)), {}, std::move(body)};
}

Request read(Entity entity, const std::string& id) {
  std::string path(path_name(entity));
  if (entity != Entity::preferences) {
    if (!is_id(id)) throw std::invalid_argument("not the Id of a QuickBooks object");
    path += "/" + id;
  }
  return {Method::get, std::move(path), {}, {}};
}

Request page(Entity entity, int start_position, bool with_inactive, const std::string& where) {
  std::string statement = "SELECT * FROM " + std::string(json_name(entity));
  std::string condition = where;
  if (with_inactive && is_list(entity)) {
    if (!condition.empty()) condition += " AND ";
    condition += "Active IN (true, false)";
  }
  if (!condition.empty()) statement += " WHERE " + condition;
  statement += " ORDERBY Id STARTPOSITION " + std::to_string(start_position) + " MAXRESULTS " +
               std::to_string(page_size_max);
  return {Method::get, "query", {{"query", std::move(statement)}}, {}};
}

Request changes_since(const std::vector<Entity>& entities, const std::string& rfc3339) {
  std::string names;
  for (const Entity entity : entities)
    names.append(names.empty() ? "" : ",").append(json_name(entity));
  return {Method::get, "cdc", {{"entities", std::move(names)}, {"changedSince", rfc3339}}, {}};
}

} // namespace qb::qbo
