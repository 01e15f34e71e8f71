#pragma once

#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"

namespace qb::mapping {

// What stands in QuickBooks, as the body of a full update (Intuit, PurchaseOrder: members that are
// left out are emptied; confirmed), without the lines. What QuickBooks makes itself is left out.
qbo::Value carried_over(const Written& written, const qbo::Value& standing);

// `ours` laid over it. `ours` has everything that is ours but PrivateNote and Line, which the
// caller sets.
qbo::Value updated_order(const qbo::Value& ours, const Written& written,
                         const qbo::Value& standing);

} // namespace qb::mapping
