#pragma once

#include "core/qbo/entity.hpp"

#include <string>
#include <utility>
#include <vector>

namespace qb::qbo {

enum class Method { get, post };

// One call to a company, before realm, request id, minor version and token are added.
struct Request {
  Method method = Method::get;
  std::string path; // what follows /v3/company/<realm>/: "purchaseorder", "query", "batch"
  std::vector<std::pair<std::string, std::string>> query; // not yet percent-encoded
  std::string body;
  bool is_batch() const { return path == "batch"; }
};

Request create_or_update(Entity entity, std::string body);
// `id` of company_info is the realm; of preferences it is ignored. Throws std::invalid_argument if
// it is no Id.
Request read(Entity entity, const std::string& id);
// A page of at most 1000 (Intuit's limit), ordered by Id so that pages do not overlap.
// start_position counts from 1. `with_inactive` counts for list entities only. `where`:
// "DocNumber = '1042'", values quoted() by the caller.
Request page(Entity entity, int start_position, bool with_inactive, const std::string& where = "");
Request changes_since(const std::vector<Entity>& entities, const std::string& rfc3339);
constexpr int page_size_max = 1000;

} // namespace qb::qbo
