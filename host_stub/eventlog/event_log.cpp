#include "eventlog/event_log.hpp"

#include "erp/sdk/canonical_json.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace host::eventlog {

const char* to_string(State state) {
  switch (state) {
  case State::waiting:
    return "waiting";
  case State::delivered:
    return "delivered";
  case State::refused:
    return "refused";
  case State::not_offered:
    return "not_offered";
  }
  return "waiting";
}

namespace {

// Prepared once for a transaction of many events.
struct Recording {
  explicit Recording(SQLite::Database& connection)
      : known(connection, "SELECT body FROM event WHERE event_id = ?"),
        event(connection,
              "INSERT INTO event (event_id, kind, subject, recorded_at, body) VALUES (?,?,?,?,?)"),
        count(connection, "UPDATE plugin SET last_sequence = last_sequence + 1 WHERE enabled = 1"),
        deliveries(connection,
                   "INSERT INTO delivery (plugin, sequence, position, ordering_key, state) "
                   "SELECT id, last_sequence, ?, ?, 'waiting' FROM plugin WHERE enabled = 1") {}
  SQLite::Statement known, event, count, deliveries;
};

Recorded record_one(SQLite::Database& connection, Recording& to, const erp::Event& event,
                    std::int64_t now) {
  const std::string body = erp::to_json(event);
  to.known.reset();
  to.known.bind(1, event.event_id);
  if (to.known.executeStep())
    return to.known.getColumn(0).getString() == body ? Recorded::known : Recorded::other_content;
  to.event.reset();
  SQLite::bind(to.event, event.event_id, erp::to_string(event.kind), erp::subject_of(event), now,
               body);
  to.event.exec();
  const std::int64_t position = connection.getLastInsertRowid();
  to.count.reset();
  to.count.exec();
  to.deliveries.reset();
  SQLite::bind(to.deliveries, position, erp::ordering_key_of(event));
  to.deliveries.exec();
  return Recorded::accepted;
}

} // namespace

std::vector<Recorded> EventLog::record(const std::vector<erp::Event>& events, std::int64_t now) {
  std::vector<Recorded> results;
  results.reserve(events.size());
  const auto connection = database_.use();
  SQLite::Transaction transaction(*connection, SQLite::TransactionBehavior::IMMEDIATE);
  Recording recording(*connection);
  for (const erp::Event& event : events)
    results.push_back(record_one(*connection, recording, event, now));
  transaction.commit();
  return results;
}

std::vector<Delivery> EventLog::due(const std::string& plugin, std::int64_t now, int count_max) {
  std::vector<Delivery> result;
  const auto connection = database_.use();
  SQLite::Statement query(*connection,
                          "SELECT d.sequence, d.attempts, e.event_id, d.ordering_key, e.body "
                          "FROM delivery d JOIN event e ON e.position = d.position "
                          "WHERE d.plugin = ?1 AND d.state = 'waiting' AND d.next_attempt_at <= ?2 "
                          "AND NOT EXISTS (SELECT 1 FROM delivery b WHERE b.plugin = ?1 "
                          "  AND b.state = 'waiting' AND b.ordering_key = d.ordering_key "
                          "  AND b.sequence < d.sequence AND b.next_attempt_at > ?2) "
                          "ORDER BY d.sequence LIMIT ?3");
  SQLite::bind(query, plugin, now, count_max);
  while (query.executeStep())
    result.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                      query.getColumn(2).getString(), query.getColumn(3).getString(),
                      query.getColumn(4).getString()});
  return result;
}

void EventLog::settle(const std::string& plugin, const std::vector<Settled>& settled) {
  const auto connection = database_.use();
  SQLite::Transaction transaction(*connection, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement update(
      *connection, "UPDATE delivery SET state = ?, next_attempt_at = ?, status = ?, "
                   "message = ?, attempts = attempts + 1 WHERE plugin = ? AND sequence = ?");
  // Of a plugin on trial. What an earlier version had tried in vain does not count against it.
  SQLite::Statement on_trial(
      *connection,
      "INSERT INTO trial_event (plugin, sequence, counts, failed) "
      "SELECT d.plugin, d.sequence, d.attempts = 0, ?3 FROM delivery d JOIN trial t "
      "ON t.plugin = d.plugin AND t.step = 'trial' WHERE d.plugin = ?1 AND d.sequence = ?2 "
      "ON CONFLICT (plugin, sequence) DO UPDATE SET failed = excluded.failed");
  for (const Settled& one : settled) {
    on_trial.reset();
    SQLite::bind(on_trial, plugin, one.sequence, one.failed ? 1 : 0);
    on_trial.exec();
    update.reset();
    SQLite::bind(update, to_string(one.state), one.next_attempt_at, one.status, one.message, plugin,
                 one.sequence);
    update.exec();
  }
  transaction.commit();
}

std::int64_t EventLog::waiting(const std::string& plugin) {
  const auto connection = database_.use();
  SQLite::Statement query(*connection,
                          "SELECT count(*) FROM delivery WHERE plugin = ? AND state = 'waiting'");
  SQLite::bind(query, plugin);
  query.executeStep();
  return query.getColumn(0).getInt64();
}

std::int64_t EventLog::next_due(const std::string& plugin) {
  const auto connection = database_.use();
  // Only the first of each ordering key counts: the others wait for it.
  SQLite::Statement query(
      *connection, "SELECT min(d.next_attempt_at), count(*) FROM delivery d WHERE d.plugin = ?1 "
                   "AND d.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM delivery b "
                   "  WHERE b.plugin = ?1 AND b.state = 'waiting' "
                   "  AND b.ordering_key = d.ordering_key AND b.sequence < d.sequence)");
  SQLite::bind(query, plugin);
  query.executeStep();
  if (query.getColumn(1).getInt64() == 0) return 0;
  return std::max<std::int64_t>(1, query.getColumn(0).getInt64());
}

std::int64_t EventLog::retry(const std::vector<std::string>& event_ids, bool also_not_offered) {
  const auto connection = database_.use();
  SQLite::Transaction transaction(*connection, SQLite::TransactionBehavior::IMMEDIATE);
  const std::string reopen = std::string("UPDATE delivery SET state = 'waiting', "
                                         "next_attempt_at = 0 WHERE state IN ('refused'") +
                             (also_not_offered ? ", 'not_offered')" : ")");
  std::int64_t count = 0;
  if (event_ids.empty()) {
    count = connection->exec(reopen);
  } else {
    SQLite::Statement update(
        *connection, reopen + " AND position = (SELECT position FROM event WHERE event_id = ?)");
    for (const std::string& id : event_ids) {
      update.reset();
      SQLite::bind(update, id);
      count += update.exec();
    }
  }
  transaction.commit();
  return count;
}

void EventLog::copy_for_rehearsal(const std::string& plugin, const std::filesystem::path& database,
                                  int count_max) {
  const auto connection = database_.use();
  {
    SQLite::Statement attach(*connection, "ATTACH ? AS rehearsal");
    SQLite::bind(attach, database.string());
    attach.exec();
  }
  try {
    SQLite::Transaction transaction(*connection);
    connection->exec("PRAGMA defer_foreign_keys = ON"); // deliveries choose their events
    SQLite::Statement copy(
        *connection,
        "INSERT INTO rehearsal.delivery (plugin, sequence, position, ordering_key, state) "
        "SELECT plugin, sequence, position, ordering_key, 'waiting' FROM ("
        "SELECT * FROM (SELECT * FROM main.delivery WHERE plugin = ?1 AND state = 'waiting' AND "
        "status >= 0 ORDER BY sequence LIMIT ?2) UNION ALL "
        "SELECT * FROM (SELECT * FROM main.delivery WHERE plugin = ?1 AND state = 'delivered' "
        "ORDER BY sequence DESC LIMIT ?2))");
    SQLite::bind(copy, plugin, count_max);
    copy.exec();
    connection->exec("INSERT INTO rehearsal.event SELECT * FROM main.event WHERE position IN "
                     "(SELECT position FROM rehearsal.delivery)");
    transaction.commit();
  } catch (...) {
    connection->exec("DETACH rehearsal");
    throw;
  }
  connection->exec("DETACH rehearsal");
}

void EventLog::list(bool undelivered_only, const std::function<void(const Listed&)>& row) {
  const auto connection = database_.use();
  SQLite::Statement query(
      *connection, std::string("SELECT e.event_id, e.kind, e.subject, e.recorded_at, d.plugin, "
                               "d.sequence, d.attempts, d.state, d.message "
                               "FROM event e LEFT JOIN delivery d ON d.position = e.position ") +
                       (undelivered_only ? "WHERE d.state IN ('waiting', 'refused') " : "") +
                       "ORDER BY e.position, d.plugin");
  const auto text = [&](int column) { return query.getColumn(column).getString(); };
  while (query.executeStep()) {
    Listed listed{text(0),
                  text(1),
                  text(2),
                  query.getColumn(3).getInt64(),
                  text(4),
                  query.getColumn(5).getInt64(),
                  query.getColumn(6).getInt64(),
                  text(7),
                  text(8)};
    row(listed);
  }
}

} // namespace host::eventlog
