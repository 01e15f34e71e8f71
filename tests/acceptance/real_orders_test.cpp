#include "acceptance/real_orders.hpp"

#include <chrono>
#include <doctest/doctest.h>

using namespace acceptance;

namespace {

std::string money(std::int64_t value, int places) {
  std::string digits = std::to_string(value);
  digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  return digits;
}

// Emits, drains and checks the first orders; a summary on the way.
void brings_real_orders(int orders, WorldOptions options, std::size_t expected) {
  const auto events = adventure_works_events(orders);
  if (!events) {
    MESSAGE("skipped: ../shared/tools/adventureworks_events.py or python3 is not here");
    return;
  }
  options.settings["missing_supplier"] = "create";
  const World world(options);
  world.reset_counts();
  const auto began = std::chrono::steady_clock::now();
  world.must({"emit", "-"}, *events);
  const auto emitted = std::chrono::steady_clock::now();
  world.must({"drain", "quickbooks", "--timeout", "1500"});
  const auto drained = std::chrono::steady_clock::now();
  const std::int64_t writes = world.counted("writes"), metered = world.counted("metered"),
                     calls = world.counted("calls"), faults = world.counted("faults");
  CHECK(world.counted("throttled") == 0);
  CHECK(world.open_issues().size() == 0);
  const Tally tally = check_orders(world, *events);
  CHECK(tally.orders == expected);
  CHECK(world.host({"run", "quickbooks", "prove", "--problems"}).exit_code == 0);
  CHECK(faults == 0);
  CHECK(metered == 0);
  const auto seconds = [](auto from, auto to) {
    return std::chrono::duration<double>(to - from).count();
  };
  MESSAGE(tally.orders, " orders, ", tally.lines, " lines, ", money(tally.held_cents, 2),
          " in QuickBooks, ", money(tally.host_ten_thousandths, 4), " in the host, ",
          tally.rounded_lines, " lines rounded; ", writes, " writes, ", calls, " calls, ", metered,
          " metered; emitted in ", seconds(began, emitted), " s, delivered in ",
          seconds(emitted, drained), " s");
}

} // namespace

TEST_CASE("500 real orders stand in QuickBooks exactly once, each amount equal to the cent") {
  brings_real_orders(500, {}, 500);
}

TEST_CASE("all 3,701 real orders stand in QuickBooks exactly once, equal to the cent") {
  brings_real_orders(100'000, {}, 3701);
}

TEST_CASE("60 real orders at the documented pace meet no limit") {
  brings_real_orders(60, {.throttled = true, .settings = {{"pace", "documented"}}}, 60);
}
