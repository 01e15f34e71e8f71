#pragma once

#include "core/mapping/obstacles.hpp"
#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"
#include "core/settings/settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace qb::mapping {

// The lines of an order and its fees as QuickBooks lines, without Ids.
struct OrderLines {
  qbo::Value::Array lines;
  std::vector<std::string> host_ids; // "1", "fee:f1"; one for each line, none twice
  std::vector<erp::Part> parts_without_item;
  std::string transaction_class; // where the company keeps one class for the whole order; "" : none
  std::optional<erp::Decimal> host_tax;   // of fees that QuickBooks reckons itself; nullopt: none
  std::optional<erp::Decimal> host_total; // exact; nullopt if it has too many digits for a Decimal
  erp::Decimal document_total;            // the sum of the rounded amounts
};

// The value of the attribute with exactly this name; "" if it has none or a blank one.
std::string attribute_of(const erp::PurchaseOrderLine& line, const std::string& name);

// Does QuickBooks reckon the tax of our orders, from a tax code on each line?
bool reckons_tax(const References& references, const settings::Settings& settings);
bool is_tax(const erp::Fee& fee, const settings::Settings& settings);

// Precondition: the order's currency is one of ISO 4217.
OrderLines order_lines(const erp::PurchaseOrder& order, const References& references,
                       const settings::Settings& settings, Obstacles& obstacles);

} // namespace qb::mapping
