#pragma once

#include "core/mapping/plan.hpp"

#include <optional>
#include <string>

namespace qb::mapping {

Plan purchase_order(const erp::Event& event, const References& references,
                    const settings::Settings& settings);

// What stands in QuickBooks is closed, and nothing else of it is changed; or it is deleted, by
// setting.
Plan cancelled_order(const erp::PurchaseOrder& order, const std::string& subject,
                     const References& references, const settings::Settings& settings);

// The Id of a purchase order that carries the number and the subject's mark.
std::optional<std::string> marked_order(const std::string& number, const std::string& subject,
                                        const References& references);

} // namespace qb::mapping
