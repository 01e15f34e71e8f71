#include "seeds.hpp"
#include "seeds_asked.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace simulation;

namespace {

// 1, 7, 8, 10 and 11 found an order and its receipt that waited for each other, and a cancelled
// order that stayed open; 77 and 86 one that a correction opened again; 440 pieces that were taken
// for more than was ordered; 464, 590 and 764 three entries that held each other up; 790 a deletion
// that was done unheard of; 985 a line that was added again after a refusal; 1505 an order that
// could not be closed again; 1795488424 one whose closing waited for a receipt that was corrected,
// 1795489904 through another one; 1795485340 fresh tokens that were refused for a while;
// 1795488151 a bill that came back after it was deleted.
std::vector<std::uint64_t> seeds() {
  if (const auto asked = seeds_asked_for()) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t i = 0; i < asked->count; ++i)
      all.push_back(asked->first + i);
    return all;
  }
  std::vector<std::uint64_t> all = {77,  86,   440,        464,        590,        764,       790,
                                    985, 1505, 1795485340, 1795488151, 1795488424, 1795489904};
  for (std::uint64_t seed = 1; seed <= 40; ++seed)
    all.push_back(seed);
  return all;
}

} // namespace

TEST_CASE("whatever goes wrong, in the end QuickBooks holds what the host says, once") {
  constexpr int told_whole_max = 2;
  int failed = 0;
  for (const std::uint64_t seed : seeds()) {
    const std::string violation = run(seed).violation;
    if (violation.empty()) continue;
    ++failed;
    FAIL_CHECK(told(seed, violation, failed <= told_whole_max));
  }
}

TEST_CASE("a seed gives the same history each time") {
  const Result once = run(3), again = run(3);
  CHECK(once.history.size() > 100);
  CHECK(once.hash == again.hash);
  CHECK(run(4).hash != once.hash);
}
