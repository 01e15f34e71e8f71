#pragma once

#include "erp/sdk/document.hpp"

#include <random>

// Documents for tests.
namespace sample {

// The order of the interface's documentation.
erp::Event ordered();

// Anything at all that the contract allows: absent and empty texts, all scripts, amounts of any
// size.
class Documents {
 public:
  explicit Documents(std::uint64_t seed) : random_(seed) {}
  erp::Event event();
  erp::Part part();
  erp::Supplier supplier();
  erp::PurchaseOrder purchase_order();
  erp::Receipt receipt();

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  std::string text();
  std::string identifier();
  std::optional<std::string> optional_text();
  std::string currency();
  erp::Decimal decimal();
  std::optional<erp::Decimal> optional_decimal();
  std::optional<erp::Date> optional_date();
  std::optional<erp::Address> optional_address();
  erp::PurchaseOrderLine line();

  std::mt19937_64 random_;
};

// By value: 1.50 equals 1.5.
bool equal(const erp::Event& a, const erp::Event& b);

} // namespace sample
