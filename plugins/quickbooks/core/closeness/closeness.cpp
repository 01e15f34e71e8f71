#include "core/closeness/closeness.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace qb::closeness {

int edit_distance(std::string_view a, std::string_view b, int limit) {
  const auto difference =
      static_cast<std::ptrdiff_t>(a.size()) - static_cast<std::ptrdiff_t>(b.size());
  if (std::abs(difference) > limit) return limit + 1;
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) + 1;
    int least = row[0];
    for (std::size_t j = 0; j < b.size(); ++j) {
      const int above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
      least = std::min(least, row[j + 1]);
    }
    if (least > limit) return limit + 1;
  }
  return std::min(row.back(), limit + 1);
}

// About one slip in four characters, at most three.
NearMisses::NearMisses(std::string normalised_typed)
    : typed_(std::move(normalised_typed)),
      limit_(std::clamp(static_cast<int>(typed_.size()) / 4, 1, 3)) {}

void NearMisses::consider(std::string_view normalised_name, const std::string& shown) {
  const int distance = edit_distance(typed_, normalised_name, limit_);
  if (distance > limit_) return;
  const auto place =
      std::upper_bound(misses_.begin(), misses_.end(), distance,
                       [](int value, const Miss& miss) { return value < miss.distance; });
  misses_.insert(place, {distance, shown});
  if (misses_.size() > near_misses_max) misses_.pop_back();
}

std::vector<std::string> NearMisses::best() const {
  std::vector<std::string> names;
  for (const Miss& miss : misses_)
    names.push_back(miss.shown);
  return names;
}

} // namespace qb::closeness
