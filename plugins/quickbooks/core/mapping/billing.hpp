#pragma once

#include "erp/sdk/decimal.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qb::mapping {

// Of a line of the order, what a bill bills of it in a line that is linked to it.
struct BilledPart {
  std::optional<erp::Decimal> quantity; // nullopt: of a line without quantity, or a fee
  erp::Decimal amount;
};

// Received quantities by the order's line id; none is zero.
using Quantities = std::map<std::string, erp::Decimal>;

// What stands on a bill of ours, kept with its link.
struct Billing {
  std::map<std::string, Quantities> receipts; // "receipt/R-1": what it brought to this bill
  std::map<std::string, BilledPart> lines;    // by host line id: "1", "fee:f1"
  std::vector<std::string> unlinked;          // lines whose link QuickBooks dropped
};

std::string to_json(const Billing& billing);
// Of what is no such JSON an empty one.
Billing billing_from(std::string_view json);
// The bill lets go of some of what it billed of its order's lines: another bill may take it now.
bool lets_go(const Billing& before, const Billing& after);

} // namespace qb::mapping
