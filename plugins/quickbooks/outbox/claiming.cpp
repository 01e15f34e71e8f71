#include "outbox/closing.hpp"
#include "outbox/outbox.hpp"
#include "outbox/row.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <stdexcept>

namespace qb::outbox {
namespace {

bool entry_is_open(store::Connection& connection, std::int64_t entry_id) {
  store::Query open(connection,
                    "SELECT 1 FROM outbox WHERE id = ?1 "
                    "AND state IN ('queued', 'claimed', 'blocked')",
                    entry_id);
  return open.step();
}

// False: it is closed.
bool requeue(store::Connection& connection, std::int64_t entry_id, erp::Instant due_at,
             std::int64_t waits_for) {
  if (connection.run("UPDATE outbox SET state = 'queued', due_at = ?2, issue_id = 0, "
                     "waits_for = ?3 WHERE id = ?1 "
                     "AND state IN ('queued', 'claimed', 'blocked')",
                     entry_id, due_at, waits_for) == 0)
    return false;
  forget_blocks(connection, entry_id);
  return true;
}

} // namespace

std::vector<Entry> Outbox::claim(store::Connection& connection, erp::Instant now,
                                 erp::Instant lease_until, int count) {
  connection.run("UPDATE outbox SET state = 'queued' WHERE id IN "
                 "(SELECT id FROM outbox WHERE state = 'claimed' AND due_at <= ?1)",
                 now);
  store::Query claimed(connection,
                       "UPDATE outbox SET state = 'claimed', due_at = ?2 WHERE id IN ("
                       "SELECT o.id FROM outbox AS o WHERE o.due_at <= ?1 "
                       "AND " QB_OUTBOX_ITS_TURN "AND " QB_OUTBOX_NONE_CLAIMED
                       "ORDER BY o.due_at, o.id LIMIT ?3) RETURNING " QB_OUTBOX_COLUMNS,
                       now, lease_until, count);
  std::vector<Entry> entries = entries_of(claimed);
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  return entries;
}

bool Outbox::any_due_after(erp::Instant latest) const {
  bool any = false;
  store_.read([&](store::Connection& connection) {
    store::Query late(connection,
                      "SELECT 1 FROM outbox WHERE state IN ('queued', 'claimed') AND waits_for = 0 "
                      "AND due_at > ?1 LIMIT 1",
                      latest);
    any = late.step();
  });
  return any;
}

void Outbox::bring_forward(store::Connection& connection, erp::Instant latest, erp::Instant now) {
  connection.run("UPDATE outbox SET due_at = ?2 WHERE id IN (SELECT id FROM outbox WHERE "
                 "state IN ('queued', 'claimed') AND waits_for = 0 AND due_at > ?1)",
                 latest, now);
}

void Outbox::reclaim_all(store::Connection& connection, erp::Instant now) {
  connection.run("UPDATE outbox SET state = 'queued', due_at = ?1 WHERE id IN "
                 "(SELECT id FROM outbox WHERE state = 'claimed')",
                 now);
}

bool Outbox::release(store::Connection& connection, std::int64_t entry_id, erp::Instant due_at,
                     bool counts) {
  if (!requeue(connection, entry_id, due_at, 0)) return false;
  if (counts)
    connection.run("UPDATE outbox SET attempts = attempts + 1, cause = ?2 WHERE id = ?1", entry_id,
                   to_string(Cause::retry));
  return true;
}

bool Outbox::waits_for(store::Connection& connection, std::int64_t entry_id,
                       std::int64_t other_entry_id) {
  store::Query chain(connection,
                     "WITH RECURSIVE chain (id) AS (SELECT ?1 UNION "
                     "SELECT o.waits_for FROM chain JOIN outbox AS o ON o.id = chain.id "
                     "WHERE o.waits_for <> 0) SELECT 1 FROM chain WHERE id = ?2",
                     entry_id, other_entry_id);
  return chain.step();
}

bool Outbox::wait_for(store::Connection& connection, std::int64_t entry_id,
                      std::int64_t other_entry_id, erp::Instant now) {
  const bool waits =
      entry_is_open(connection, other_entry_id) && !waits_for(connection, other_entry_id, entry_id);
  return requeue(connection, entry_id, now, waits ? other_entry_id : 0);
}

bool Outbox::block(store::Connection& connection, std::int64_t entry_id,
                   const std::vector<std::int64_t>& issue_ids) {
  if (issue_ids.empty()) throw std::logic_error("blocked by no issue");
  if (connection.run("UPDATE outbox SET state = 'blocked', issue_id = ?2, waits_for = 0 "
                     "WHERE id = ?1 AND state IN ('queued', 'claimed', 'blocked')",
                     entry_id, issue_ids.front()) == 0)
    return false;
  forget_blocks(connection, entry_id);
  for (const std::int64_t issue_id : issue_ids)
    connection.run("INSERT OR IGNORE INTO blocks (issue_id, entry_id) VALUES (?1, ?2)", issue_id,
                   entry_id);
  return true;
}

int Outbox::unblock(store::Connection& connection, std::int64_t issue_id, Cause cause,
                    erp::Instant now) {
  std::vector<std::int64_t> held;
  {
    store::Query rows(
        connection, "SELECT entry_id FROM blocks WHERE issue_id = ?1 ORDER BY entry_id", issue_id);
    while (rows.step())
      held.push_back(rows.integer(0));
  }
  for (const std::int64_t entry_id : held) {
    requeue(connection, entry_id, now, 0);
    connection.run("UPDATE outbox SET attempts = 0, cause = ?2 WHERE id = ?1", entry_id,
                   to_string(cause));
  }
  return static_cast<int>(held.size());
}

} // namespace qb::outbox
