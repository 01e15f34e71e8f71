#pragma once

#include "company/company.hpp"
#include "core/qbo/answer.hpp"
#include "store/database.hpp"

#include <string>
#include <tl/expected.hpp>

namespace qb::delivery {

// Makes an inactive item or vendor active again, under its name without " (deleted)" (Intuit,
// inactive list entities; that the name must be sent is unconfirmed). Done twice it changes
// nothing, so an answer that is lost needs no care. Read first: what we know of it may be old.
tl::expected<qbo::Known, verdict::Outcome> reactivate(company::Company& company,
                                                      store::Database& store, qbo::Entity entity,
                                                      const std::string& id);

} // namespace qb::delivery
