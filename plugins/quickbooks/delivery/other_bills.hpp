#pragma once

#include "links/links.hpp"

#include <string>
#include <vector>

// A bill of an order takes only what is open of it. If it lets go of something, what came in beyond
// that, and stands on another bill without a link, can take its place.
namespace qb::delivery {

// Of each other bill of that bill's order the subject of one receipt; none if the bill lets go of
// nothing, or is none. `bill`: its subject; `billing_json`: what stands on it now, "" : it is gone.
std::vector<std::string> receipts_that_may_take_more(const links::Links& links,
                                                     const std::string& bill,
                                                     const std::string& order_subject,
                                                     const std::string& billing_json);

// One that is not settled will look for itself.
void look_again_at(store::Connection& db, const std::vector<std::string>& receipts,
                   erp::Instant now);

} // namespace qb::delivery
