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

// Conditions on the entry `o`. Its turn: nothing of its subject that is open comes before it, but
// what waits for it. (Both states, and waits_for, as the index outbox_due has them.)
#define QB_OUTBOX_ITS_TURN                                                                         \
  "o.state IN ('queued', 'claimed') AND o.waits_for = 0 "                                          \
  "AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.subject = o.subject "                         \
  "AND e.state IN ('queued', 'claimed', 'blocked') AND e.id < o.id AND e.waits_for <> o.id) "
// No entry of its subject is being worked on. An older one that waited for it may be free again.
#define QB_OUTBOX_NONE_CLAIMED                                                                     \
  "NOT EXISTS (SELECT 1 FROM outbox AS c WHERE c.subject = o.subject AND c.state = 'claimed') "

Entry entry_of(const store::Query& row);
Seal seal_of(const store::Query& row);
std::vector<Entry> entries_of(store::Query& rows);

} // namespace qb::outbox
