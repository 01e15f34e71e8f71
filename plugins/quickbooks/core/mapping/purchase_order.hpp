#pragma once

#include "core/mapping/plan.hpp"

namespace qb::mapping {

Plan purchase_order(const erp::Event& event, const References& references,
                    const settings::Settings& settings);

// DocNumber by the setting docnumber_format: "{id}", "PO-{number}".
std::string doc_number(const erp::PurchaseOrder& order, const std::string& format);

} // namespace qb::mapping
