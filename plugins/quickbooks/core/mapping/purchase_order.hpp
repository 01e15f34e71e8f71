#pragma once

#include "core/mapping/order_header.hpp"
#include "core/mapping/plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace qb::mapping {

Plan purchase_order(const erp::Event& event, const References& references,
                    const settings::Settings& settings);

// The order with nothing but its POStatus changed to Closed. Preconditions: it is linked, and
// `standing` is what QuickBooks holds.
Send closed_as_it_stands(const erp::PurchaseOrder& order, const std::string& subject,
                         const Written& written, const qbo::Value& standing);

// What must be in QuickBooks before a document that names this supplier and these parts.
First first_of(const erp::Event& event, const OrderHeader& header,
               const std::vector<erp::Part>& parts_without_item);

// What stands in QuickBooks is closed, and nothing else of it is changed; or it is deleted, by
// setting.
Plan cancelled_order(const erp::PurchaseOrder& order, const std::string& subject,
                     const References& references, const settings::Settings& settings);

// The Id of a purchase order that carries the number and the subject's mark.
std::optional<std::string> marked_order(const std::string& number, const std::string& subject,
                                        const References& references);

} // namespace qb::mapping
