#include "outbox/row.hpp"

namespace qb::outbox {

Entry entry_of(const store::Query& row) {
  Entry entry;
  entry.id = row.integer(0);
  entry.event_id = row.text(1);
  entry.kind = row.text(2);
  entry.subject = row.text(3);
  entry.version = row.integer(4);
  entry.derived = row.flag(5);
  entry.state = state_from(row.text(6));
  entry.attempts = static_cast<int>(row.integer(7));
  entry.due_at = row.integer(8);
  if (row.integer(9) != 0) entry.issue_id = row.integer(9);
  entry.waits_for = row.integer(10);
  entry.recorded_at = row.integer(11);
  if (!is_open(entry.state)) entry.settled_at = row.integer(12);
  entry.currency = row.text(13);
  entry.amount = row.text(14);
  entry.note = row.text(15);
  entry.cause = cause_from(row.text(16));
  entry.ordering_key = row.text(17);
  entry.snapshot = row.text(18);
  return entry;
}

Seal seal_of(const store::Query& row) {
  Seal seal;
  seal.id = row.integer(0);
  seal.entry_id = row.integer(1);
  seal.request_id = row.text(2);
  seal.batch_item = row.text(3);
  seal.company = row.text(4);
  seal.path = row.text(5);
  seal.entity = row.text(6);
  seal.entity_id = row.text(7);
  seal.sealed_at = row.integer(8);
  seal.first_sent_at = row.integer(9);
  seal.sends = static_cast<int>(row.integer(10));
  seal.plan_json = row.text(11);
  seal.body = row.text(12);
  return seal;
}

std::vector<Entry> entries_of(store::Query& rows) {
  std::vector<Entry> entries;
  while (rows.step())
    entries.push_back(entry_of(rows));
  return entries;
}

} // namespace qb::outbox
