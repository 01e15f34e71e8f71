#pragma once

#include "core/mapping/plan.hpp"

namespace qb::mapping {

Plan part_to_item(const erp::Event& event, bool derived, const References& references,
                  const settings::Settings& settings);

} // namespace qb::mapping
