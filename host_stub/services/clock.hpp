#pragma once

#include <cstdint>

namespace host::services {

// Microseconds since 1970-01-01T00:00:00Z. The one place where the host reads the time.
std::int64_t now_us();
std::int64_t monotonic_us();

constexpr std::int64_t us_per_ms = 1000;
constexpr std::int64_t us_per_s = 1'000'000;

} // namespace host::services
