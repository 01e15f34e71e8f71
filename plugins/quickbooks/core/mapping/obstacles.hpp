#pragma once

#include "core/mapping/obstacle.hpp"
#include "core/mapping/references.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace qb::mapping {

// Collects what stands in the way while a document is mapped, so that a person sees all of it at
// once, and each cause once however many lines it concerns.
class Obstacles {
 public:
  void add(ObstacleKind kind, std::string_view name, std::string where, std::string field = {},
           std::string limit = {}, std::vector<std::string> candidates = {});
  bool none() const { return found_.empty(); } // warnings do not count
  std::vector<Obstacle> take() { return std::move(found_); }
  std::vector<Obstacle> take_warnings() { return std::move(warnings_); }

  // The text as QuickBooks takes it (clean_text), after noting it if it is too long. Nothing is
  // ever cut.
  std::string within(std::string_view text, std::size_t length_max, const std::string& where,
                     const std::string& field);
  // The Id of what was found; "" after noting why there is none.
  std::string account(const Match& match, const std::string& name, const std::string& where,
                      const std::string& field);
  std::string klass(const Match& match, const std::string& name, const std::string& where,
                    const std::string& field);
  std::string tax_code(const Match& match, const std::string& name, const std::string& where,
                       const std::string& field);

 private:
  std::vector<Obstacle> found_, warnings_;
  std::set<std::string> causes_;
};

} // namespace qb::mapping
