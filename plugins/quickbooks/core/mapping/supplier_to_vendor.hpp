#pragma once

#include "core/mapping/plan.hpp"

namespace qb::mapping {

Plan supplier_to_vendor(const erp::Event& event, bool derived, const References& references,
                        const settings::Settings& settings);

} // namespace qb::mapping
