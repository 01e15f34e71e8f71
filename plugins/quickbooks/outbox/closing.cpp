#include "outbox/closing.hpp"

#include "outbox/outbox.hpp"

namespace qb::outbox {

void forget_blocks(store::Connection& connection, std::int64_t entry_id) {
  connection.run("DELETE FROM blocks WHERE entry_id = ?1", entry_id);
}

void count_closed(store::Connection& connection) {
  connection.run("UPDATE tallies SET amount = amount + 1 WHERE name = 'closed'");
}

bool close(store::Connection& connection, std::int64_t entry_id, State state,
           const std::string& note, erp::Instant now) {
  const int closed = connection.run(
      "UPDATE outbox SET state = ?2, note = ?3, settled_at = ?4, issue_id = 0, waits_for = 0 "
      "WHERE id = ?1 AND state IN ('queued', 'claimed', 'blocked')",
      entry_id, to_string(state), note, now);
  if (closed == 0) return false;
  count_closed(connection);
  forget_blocks(connection, entry_id);
  connection.run("UPDATE seals SET body = '', answered_at = ?2 "
                 "WHERE entry_id = ?1 AND answered_at = 0",
                 entry_id, now);
  connection.run("UPDATE outbox SET waits_for = 0, due_at = ?2 "
                 "WHERE waits_for = ?1 AND waits_for <> 0",
                 entry_id, now);
  return true;
}

bool Outbox::settle(store::Connection& connection, std::int64_t entry_id, const std::string& note,
                    erp::Instant now) {
  if (!close(connection, entry_id, State::delivered, note, now)) return false;
  connection.run("UPDATE tallies SET amount = amount + 1 WHERE name = 'delivered'");
  return true;
}

bool Outbox::discard(store::Connection& connection, std::int64_t entry_id, const std::string& note,
                     erp::Instant now) {
  return close(connection, entry_id, State::discarded, note, now);
}

} // namespace qb::outbox
