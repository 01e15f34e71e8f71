#pragma once

#include "company/company.hpp"
#include "core/qbo/entity.hpp"
#include "core/settings/settings.hpp"
#include "links/links.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace qb::proof {

// What the connected company holds of ours, as it was read just now. Kept in memory, a few
// kilobytes a document.
class Books {
 public:
  // Every page of each entity that a link names or the settings ask for.
  static tl::expected<Books, verdict::Outcome>
  read(company::Company& company, const links::Links& links, const settings::Settings& settings);

  // The object as QuickBooks answered it; nullopt: there is none of that Id any more.
  std::optional<qbo::Value> object(const std::string& entity, const std::string& id) const;
  // By subject, the Ids of the live documents that carry its mark.
  const std::map<std::string, std::set<std::string>>& marked() const { return marked_; }
  std::int64_t objects_read() const { return objects_read_; }

 private:
  std::optional<verdict::Outcome> read_pages(company::Company& company, qbo::Entity entity);
  void take(qbo::Entity entity, const qbo::Value& row);

  std::set<std::pair<std::string, std::string>> linked_; // entity, Id
  std::map<std::pair<std::string, std::string>, std::string> objects_;
  std::map<std::string, std::set<std::string>> marked_;
  std::int64_t objects_read_ = 0;
};

} // namespace qb::proof
