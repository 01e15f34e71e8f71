#include "erp/status.h"
#include "machine.h"
#include "scene.hpp"
#include "times.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <thread>

using fault_matrix::Scene;

namespace {

constexpr int threads = 16;

} // namespace

TEST_CASE("sixteen threads of one host ask at expiry, and QuickBooks is asked for one token") {
  Scene scene("off");
  machine_wait_really(1);
  const int times = expiries(8);
  for (int expiry = 0; expiry < times; ++expiry) {
    CAPTURE(expiry);
    const std::string rotates = expiry % 2 == 0 ? R"({"do":"rotate_next"})" : "";
    if (!rotates.empty()) scene.world.control("POST", "tokens", rotates);
    scene.world.control("POST", "tokens", R"({"do":"expire_access"})");
    const std::int64_t before = scene.token_calls();
    std::atomic<int> troubles{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < threads; ++i)
      callers.emplace_back([&, i] {
        // The host runs one job at a time; people may come from all sides.
        const auto status =
            i == 0 ? scene.host.deliver().said.status : scene.host.command({"refresh"}).status;
        troubles += status != ERP_OK;
      });
    for (std::thread& caller : callers)
      caller.join();
    CHECK(troubles == 0);
    CHECK(scene.token_calls() - before == 1);
  }
  CHECK(scene.revocations() == 0);
  MESSAGE(times << " expiries, " << threads << " threads");
  machine_wait_really(0);
}
