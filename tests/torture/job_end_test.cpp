#include "playing.hpp"

#include <doctest/doctest.h>

namespace {

constexpr std::size_t calls_after_the_last_document = 6;

bool is_bill(const torture::Scenario& scenario) {
  return scenario.name == std::string("bill");
}

std::vector<torture::Fault> at_the_end(const torture::Scenario& scenario,
                                       const torture::Counts& counts) {
  return torture::last_of(scenario, torture::kind_named("store"), counts,
                          calls_after_the_last_document);
}

} // namespace

// What is read then is when the consent ends. Nobody else would ask for the next run.
TEST_CASE("a job that fails after its last document is asked for again") {
  const torture::Played played = torture::play({is_bill, at_the_end}, TORTURE_NAME);
  for (const std::string& complaint : played.complaints)
    FAIL_CHECK(complaint);
  CHECK(played.met == torture::count(played));
  CHECK(played.met >= calls_after_the_last_document);
}
