#pragma once

#include "core/mapping/plan.hpp"
#include "core/qbo/value.hpp"

#include <cstdint>
#include <random>
#include <string>

// Random numbers that a failed run can repeat; see seed.hpp.
class Random {
 public:
  Random();
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  int between(int least, int most); // both included
  bool one_in(int count) { return between(1, count) == 1; }

 private:
  std::mt19937_64 engine_;
};

erp::Decimal decimal(const std::string& text); // throws on what is none
qb::qbo::Value json(const std::string& text);  // likewise

// A company that has all that random_order() names.
qb::qbo::Value books_of_everything();
qb::settings::Settings settings_of_everything();
erp::Event event_of(erp::PurchaseOrder order);

// One line, no fee; nothing wrong with it.
erp::PurchaseOrder plain_order();
erp::PurchaseOrderLine item_line(const std::string& id, const std::string& quantity,
                                 const std::string& total);
erp::PurchaseOrderLine account_line(const std::string& id, const std::string& total,
                                    const std::string& expense_code);
// Nothing wrong with it either: one to twelve lines of every kind, up to three fees.
erp::PurchaseOrder random_order(Random& random);
