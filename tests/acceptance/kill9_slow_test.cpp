#include "acceptance/killing.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("a host that is killed 200 times brings every order to QuickBooks exactly once") {
  Killing killing(printed_seed());
  killing.run(200);
  MESSAGE(killing.killed_emitting(), " times while emitting, ", killing.killed_draining(),
          " times while delivering, ", killing.kills_after_work_began(),
          " of them after QuickBooks had been called");
  killing.check();
}

TEST_CASE("a host that is killed on a network that loses every tenth answer comes through too") {
  const std::uint64_t seed = printed_seed();
  Killing killing(seed);
  killing.break_answers(R"({"method":"POST","path":"*","probability":0.1,"seed":)" +
                        std::to_string(seed % 1000) + R"(,"action":"lost_answer"})");
  killing.run(60);
  killing.check();
}

TEST_CASE("a host that is killed while QuickBooks forgets request ids comes through too") {
  Killing killing(printed_seed());
  killing.forget_request_ids();
  killing.run(60);
  killing.check();
}
