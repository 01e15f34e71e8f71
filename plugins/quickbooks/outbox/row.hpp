#pragma once

#include "outbox/entry.hpp"
#include "store/connection.hpp"

#include <string>
#include <vector>

// How entries and seals stand in their tables.
namespace qb::outbox {

// The columns in the order in which entry_of() and seal_of() read them.
#define QB_OUTBOX_COLUMNS                                                                          \
  "id, event_id, kind, subject, version, derived, state, attempts, due_at, issue_id, waits_for, "  \
  "recorded_at, settled_at, currency, amount, note, cause, ordering_key, snapshot"
#define QB_SEALS_COLUMNS                                                                           \
  "id, entry_id, request_id, batch_item, company, path, entity, entity_id, sealed_at, "            \
  "first_sent_at, sends, plan_json, body"

Entry entry_of(const store::Query& row);
Seal seal_of(const store::Query& row);
std::vector<Entry> entries_of(store::Query& rows);

} // namespace qb::outbox
