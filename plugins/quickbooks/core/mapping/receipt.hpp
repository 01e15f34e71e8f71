#pragma once

#include "core/mapping/plan.hpp"

namespace qb::mapping {

// What becomes of a receipt, by the setting `receipts` (docs/adr/0021). `derived`: nobody changed
// it, another bill of its order let go of something.
Plan receipt(const erp::Event& event, bool derived, const References& references,
             const settings::Settings& settings);

// With receipts=close_only: the order is closed when all of it has come in.
Plan close_received_order(const erp::Event& event, const References& references);

// With bills: a receipt's own bill, or the order's one bill.
Plan receipt_to_bill(const erp::Event& event, bool derived, const References& references,
                     const settings::Settings& settings);

// The order must be in QuickBooks first: as the receipt carries it, if the host never sent it.
First order_first(const erp::Event& event);

} // namespace qb::mapping
