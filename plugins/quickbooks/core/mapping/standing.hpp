#pragma once

#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"

#include <optional>
#include <span>

namespace qb::mapping {

// What QuickBooks last answered of it; nullopt: it must be read first.
std::optional<qbo::Value> standing_of(const Written& written);

// The body of a full update that changes nothing: Id, SyncToken and those of the `members` that
// stand. What is left out of such a body is emptied.
qbo::Value carried_over(const Written& written, const qbo::Value& standing,
                        std::span<const char* const> members);

// The same of an item or a vendor, with all that stands but quantities, which may have moved since
// they were read, a start date, which adjusts them, and a tax number, which is read masked.
qbo::Value carried_over_whole(const Written& written, const qbo::Value& standing);

// `ours` in the place of what stands, or added.
qbo::Value laid_over(qbo::Value standing, const qbo::Value& ours);

// `ours` as an update of the whole item or vendor; nullopt: it must be read a moment before.
std::optional<qbo::Value> whole_update(const Written& written, const qbo::Value& ours);

} // namespace qb::mapping
