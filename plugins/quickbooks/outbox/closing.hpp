#pragma once

#include "outbox/entry.hpp"
#include "store/connection.hpp"

namespace qb::outbox {

// Ends an open entry: its seal loses its bytes, who waited for it is due at `now`. False: it was
// closed already, nothing is changed.
bool close(store::Connection& connection, std::int64_t entry_id, State state,
           const std::string& note, erp::Instant now);

// One entry more is closed.
void count_closed(store::Connection& connection);

// No issue holds the entry up any more.
void forget_blocks(store::Connection& connection, std::int64_t entry_id);

} // namespace qb::outbox
