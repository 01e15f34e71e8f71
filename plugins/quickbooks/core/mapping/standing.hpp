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

} // namespace qb::mapping
