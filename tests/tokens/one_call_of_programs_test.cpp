#include "acceptance/world.hpp"
#include "times.hpp"

#include <doctest/doctest.h>
#include <memory>

using namespace acceptance;

namespace {

constexpr int programs = 8;

std::int64_t token_calls(const World& world, const char* what) {
  return world.control("GET", "counts")["tokens"][what].integer();
}

} // namespace

TEST_CASE("eight programs of one home come at expiry, and QuickBooks is asked for one token") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  const int times = expiries(3);
  for (int expiry = 0; expiry < times; ++expiry) {
    CAPTURE(expiry);
    const std::string id = std::to_string(5000 + expiry);
    CHECK(world.emit(po_ordered("e-" + id, order_numbered(id))).exit_code == 0);
    world.control("POST", "tokens", R"({"do":"rotate_next"})");
    world.control("POST", "tokens", R"({"do":"expire_access"})");
    world.reset_counts();
    // One of them owns the home, the others come to it through its socket, or own it next.
    std::vector<std::unique_ptr<process::Running>> running;
    for (int i = 0; i < programs; ++i) {
      std::vector<std::string> words{"--home", world.home().string()};
      if (i % 2 == 0)
        words.insert(words.end(), {"drain", "quickbooks", "--timeout", "60"});
      else
        words.insert(words.end(), {"run", "quickbooks", "refresh"});
      running.push_back(std::make_unique<process::Running>(ERP_HOST, words));
    }
    for (auto& program : running) {
      const process::Result result = program->wait();
      CAPTURE(result.err);
      CHECK(result.exit_code == 0);
    }
    CHECK(token_calls(world, "refreshes") == 1);
    CHECK(token_calls(world, "refused") == 0);
    CHECK(token_calls(world, "revokes") == 0);
    CHECK(world.purchase_order(id)["SyncToken"].text() == "0");
  }
  MESSAGE(times << " expiries, " << programs << " programs");
}
