#include "acceptance/world.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("once its items exist each order costs one write and no read") {
  const World world;
  world.deliver(po_ordered("first", order_of_every_kind("4000")));
  world.reset_counts();
  constexpr int count = 25;
  std::string lines;
  for (int i = 1; i <= count; ++i)
    lines += po_ordered("e-" + std::to_string(i), order_of_every_kind(std::to_string(4000 + i)));
  world.deliver(lines);
  CHECK(world.count("PurchaseOrder") == count + 1);
  CHECK(world.counted("writes") == count);
  CHECK(world.counted("metered") == 0);
  CHECK(world.counted("reads") == 0);
  CHECK(world.counted("faults") == 0);
  CHECK(world.counted("calls") <= count); // fewer where several travel in one batch

  // And so does each change of one.
  world.reset_counts();
  lines.clear();
  for (int i = 1; i <= count; ++i) {
    Order order = order_of_every_kind(std::to_string(4000 + i));
    order.version = 2;
    order.memo = "Changed";
    lines += po_ordered("v2-" + std::to_string(i), order);
  }
  world.deliver(lines);
  CHECK(world.counted("writes") == count);
  CHECK(world.counted("metered") == 0);
  CHECK(world.counted("faults") == 0);
}

TEST_CASE("connecting reads the lists once, in pages") {
  World world({.connected = false});
  world.reset_counts();
  world.connect();
  const std::int64_t read = world.counted("metered");
  CHECK(read >= 6); // company, preferences and five lists
  CHECK(read <= 10);
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  CHECK(world.counted("metered") == read);
}
