#include "acceptance/real_receipts.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

constexpr int all_orders = 100'000;

} // namespace

TEST_CASE("all real receipts stand in QuickBooks as bills of their own") {
  brings_real_receipts(all_orders, "bill_per_receipt", 0);
}

TEST_CASE("all real receipts stand in QuickBooks on one bill an order") {
  brings_real_receipts(all_orders, "one_bill", 0);
}

TEST_CASE("all real receipts close their orders") {
  brings_real_receipts(all_orders, "close_only", 0);
}

TEST_CASE("all real receipts leave QuickBooks alone where none are wanted") {
  brings_real_receipts(all_orders, "none", 0);
}

TEST_CASE("all real receipts in parts, corrected and of too much stand there, dressed once") {
  for (const char* const mode : {"bill_per_receipt", "one_bill", "close_only"})
    brings_real_receipts(all_orders, mode, 1);
}
