#include "crash/memory_disk.hpp"
#include "crash/named_points.hpp"

#include <doctest/doctest.h>

TEST_CASE("at each point of each conversation the host may be killed, and nothing is lost") {
  const crash::MemoryDisk disk;
  crash::NamedPoints killing;
  int runs = 0;
  for (const crash::Task& task : crash::tasks())
    for (const crash::Point& point : crash::points()) {
      killing.kill_at(point, task);
      ++runs;
    }
  MESSAGE(runs, " conversations, ", killing.kills(), " kills, connected again ",
          killing.connected_again(), " times");
  CHECK(killing.kills() > runs / 2);
}
