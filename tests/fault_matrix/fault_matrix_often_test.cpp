#include "playing.hpp"
#include "process/process.hpp"
#include "seed.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

using namespace fault_matrix;

namespace {

constexpr std::size_t runs_of_ci = 570;
constexpr std::size_t parts = 2; // two programs at a time

std::size_t runs() {
  const char* const given = std::getenv("LEDGERHOOK_MATRIX_RUNS");
  return given == nullptr ? runs_of_ci : std::strtoull(given, nullptr, 10);
}

// Of the commit, so that a run of CI can be repeated and the next one draws anew.
std::uint64_t seed_of_this_run() {
  const auto commit =
      process::run("/usr/bin/git", {"-C", REPOSITORY, "rev-parse", "--short=8", "HEAD"});
  return printed_seed(std::strtoull(commit.out.c_str(), nullptr, 16)); // none: 0
}

// Every second of those that were drawn.
void loses_and_doubles_nothing(std::size_t part) {
  const std::uint64_t seed = seed_of_this_run();
  const std::vector<Cell> all = drawn(seed, runs());
  // A replay names one cell: its rounds belong together.
  const bool whole = std::getenv("LEDGERHOOK_MATRIX") != nullptr;
  std::vector<Cell> ours;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (whole ? part == 0 : i % parts == part) ours.push_back(all[i]);
  const Played played = play(ours, seed, "fault_matrix_often:");
  for (const std::string& complaint : played.complaints)
    FAIL_CHECK(complaint);
  CHECK(played.went_singly * 20 <= played.runs); // else nothing is said of batches
  MESSAGE(played.runs << " runs, " << played.complaints.size() << " complaints");
}

} // namespace

TEST_CASE("of hundreds of cases of the fault matrix none loses or doubles anything, first half") {
  loses_and_doubles_nothing(0);
}

TEST_CASE("of hundreds of cases of the fault matrix none loses or doubles anything, second half") {
  loses_and_doubles_nothing(1);
}
