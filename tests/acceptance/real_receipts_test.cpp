#include "acceptance/real_receipts.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("the receipts of 60 real orders stand in QuickBooks as bills of their own") {
  brings_real_receipts(60, "bill_per_receipt", 0);
}

TEST_CASE("the receipts of 60 real orders stand in QuickBooks on one bill an order") {
  brings_real_receipts(60, "one_bill", 0);
}

TEST_CASE("the receipts of 60 real orders close them, or leave them alone") {
  brings_real_receipts(60, "close_only", 0);
  brings_real_receipts(60, "none", 0);
}

TEST_CASE("receipts in parts, corrected and of too much stand there as bills of their own") {
  brings_real_receipts(60, "bill_per_receipt", 1);
}

TEST_CASE("receipts in parts, corrected and of too much stand there on one bill an order") {
  brings_real_receipts(60, "one_bill", 1);
}

TEST_CASE("receipts in parts, corrected and of too much close their orders") {
  brings_real_receipts(60, "close_only", 1);
}
