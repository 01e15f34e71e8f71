#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qb::closeness {

// How many single characters must change, come or go to make one name of the other, counted in
// bytes; limit + 1 if it is more than `limit`.
int edit_distance(std::string_view a, std::string_view b, int limit);

// Collects the names that are nearest to what was typed: what a person may have meant.
class NearMisses {
 public:
  explicit NearMisses(std::string normalised_typed);
  void consider(std::string_view normalised_name, const std::string& shown);
  std::vector<std::string> best() const; // nearest first, at most near_misses_max
  static constexpr std::size_t near_misses_max = 3;

 private:
  struct Miss {
    int distance;
    std::string shown;
  };
  std::string typed_;
  int limit_;
  std::vector<Miss> misses_; // nearest first
};

} // namespace qb::closeness
