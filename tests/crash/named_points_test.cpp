#include "crash/memory_disk.hpp"
#include "crash/named_points.hpp"

#include <doctest/doctest.h>

TEST_CASE("a host that is killed while it sends an order sends it once all the same") {
  const crash::MemoryDisk disk;
  crash::NamedPoints killing;
  for (const std::size_t point : {0u, 3u, 8u})
    killing.kill_at(crash::points().at(point), crash::tasks().at(1));
  CHECK(killing.kills() == 3);
}
