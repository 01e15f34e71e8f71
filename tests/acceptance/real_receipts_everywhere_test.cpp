#include "acceptance/real_receipts.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// -sc=none: only that mode.
void brings_all_in_every_mode(int dress) {
  constexpr int all_orders = 100'000;
  for (const char* const mode : {"bill_per_receipt", "one_bill", "close_only", "none"})
    SUBCASE(mode) {
      brings_real_receipts(all_orders, mode, dress);
    }
}

} // namespace

TEST_CASE("all real receipts in parts, corrected and of too much stand there, dressed by seed 1") {
  brings_all_in_every_mode(1);
}

TEST_CASE("all real receipts in parts, corrected and of too much stand there, dressed by seed 2") {
  brings_all_in_every_mode(2);
}

TEST_CASE("all real receipts in parts, corrected and of too much stand there, dressed by seed 3") {
  brings_all_in_every_mode(3);
}
