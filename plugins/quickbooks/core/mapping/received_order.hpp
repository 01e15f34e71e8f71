#pragma once

#include "core/mapping/billing.hpp"
#include "core/mapping/obstacles.hpp"
#include "erp/sdk/document.hpp"

#include <map>
#include <string>
#include <vector>

namespace qb::mapping {

// What of an order goes on one bill, as an order of its own: its lines are the received parts of
// the order's, priced as there (docs/adr/0021).
struct ReceivedOrder {
  erp::PurchaseOrder order;                // what was received, and the fees that no bill has yet
  std::map<std::string, BilledPart> lines; // of the lines that are to be linked, by host id
};

// `on_bill`: what was received on this bill in all. `elsewhere`: what other bills of the order
// bill. Of more than was ordered the rest becomes a line "over:1" of its own, which is linked to
// nothing. Notes an obstacle for a line that the order does not have, and for a negative quantity.
ReceivedOrder received_order(const erp::PurchaseOrder& order, const Quantities& on_bill,
                             const std::map<std::string, BilledPart>& elsewhere,
                             Obstacles& obstacles);

} // namespace qb::mapping
