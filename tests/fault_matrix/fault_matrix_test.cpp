#include "playing.hpp"
#include "process/temporary_folder.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

using namespace fault_matrix;

TEST_CASE("of every row of the fault matrix one case loses and doubles nothing") {
  const std::uint64_t seed = printed_seed();
  const Played played = play(one_of_each_row(seed), seed, "fault_matrix:");
  for (const std::string& complaint : played.complaints)
    FAIL_CHECK(complaint);
  CHECK(played.runs > 0);
  MESSAGE(played.runs << " runs");
}

TEST_CASE("the page of the fault matrix has every row in the words of the table") {
  const std::string page = process::text_of(README);
  for (const Row& row : rows()) {
    CAPTURE(row.id);
    const std::string line = std::string("| ") + row.id + " | " + row.fault + " | " + row.injected +
                             " | " + row.expected + " |";
    CHECK_MESSAGE(page.find(line) != std::string::npos, line);
  }
}
