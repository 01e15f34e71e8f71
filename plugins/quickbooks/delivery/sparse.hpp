#pragma once

#include "core/verdict/outcome.hpp"
#include "store/database.hpp"

namespace qb::delivery {

// Does QuickBooks refuse an update because it holds some members only? Intuit documents such
// updates for neither items nor vendors; how a refusal would read is not known, but that it names
// the member "sparse" (unconfirmed).
bool refuses_sparse(const verdict::Outcome& outcome);

// From now on items and vendors are updated whole.
void remember_sparse_refused(store::Database& store);

} // namespace qb::delivery
