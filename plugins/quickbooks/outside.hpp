#pragma once

#include "http/open_transport.hpp"
#include "oauth/vault.hpp"

#include <chrono>
#include <functional>

namespace qb {

// What the plugin needs of the world beside the host's services and its file: the network, sleep
// and dice. Real unless somebody brings other ones, as the simulation does.
struct Outside {
  http::OpenTransport open_transport = http::over_curl();
  std::function<int()> jitter_permille; // 0..999; empty: dice of our own
  // Passes so much of the host's monotonic time; empty: sleeps, and wakes up when all is stopped.
  std::function<void(std::chrono::microseconds)> nap;
  oauth::SlowHash name_companies = oauth::slow_company_hash;
};

} // namespace qb
