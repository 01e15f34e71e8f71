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

TEST_CASE("a host that is killed while its token is replaced needs a person at most, and then "
          "sends it once") {
  const crash::MemoryDisk disk;
  crash::NamedPoints killing;
  const crash::Task& renewal = crash::tasks().back();
  killing.kill_at(crash::points().at(1), renewal); // never carried out: the token still stands
  CHECK(killing.connected_again() == 0);
  killing.kill_at(crash::points().at(3), renewal); // carried out, the answer is lost with the host
  CHECK(killing.connected_again() == 1);
}
