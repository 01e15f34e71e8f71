#include "core/verdict/verdict.hpp"

#include <algorithm>

namespace qb::verdict {

std::int64_t backoff_ms(int attempts, int jitter_permille) {
  constexpr int doublings_max = 20; // far beyond backoff_max_s, far below an overflow
  const int doublings = std::clamp(attempts, 0, doublings_max);
  const std::int64_t jitter = std::clamp(jitter_permille, 0, 999);
  const std::int64_t whole = std::min<std::int64_t>(
      (std::int64_t{backoff_first_s} * 1000) << doublings, std::int64_t{backoff_max_s} * 1000);
  return whole - whole / 4 * jitter / 1000;
}

} // namespace qb::verdict
