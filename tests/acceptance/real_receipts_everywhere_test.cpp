#include "acceptance/real_receipts.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("all real receipts in parts, corrected and of too much stand there, however dressed") {
  constexpr int all_orders = 100'000;
  for (const int dress : {1, 2, 3})
    for (const char* const mode : {"bill_per_receipt", "one_bill", "close_only", "none"})
      brings_real_receipts(all_orders, mode, dress);
}
