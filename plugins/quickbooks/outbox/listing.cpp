#include "outbox/outbox.hpp"
#include "outbox/row.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <map>

namespace qb::outbox {
namespace {

// The entries an issue blocks, and those that wait for them, however far: in full as
// "held (id) AS ...".
constexpr char held_by_issue[] =
    "WITH RECURSIVE held (id) AS (SELECT entry_id FROM blocks WHERE issue_id = ?1 "
    "UNION SELECT o.id FROM outbox AS o JOIN held ON o.waits_for = held.id "
    "WHERE o.waits_for <> 0) ";

template <class... Values>
std::vector<Entry> entries_where(store::Database& store, const std::string& condition,
                                 const Values&... values) {
  std::vector<Entry> entries;
  store.read([&](store::Connection& connection) {
    store::Query rows(
        connection, "SELECT " QB_OUTBOX_COLUMNS " FROM outbox WHERE " + condition + " ORDER BY id",
        values...);
    entries = entries_of(rows);
  });
  return entries;
}

std::int64_t number(store::Connection& connection, std::string_view sql) {
  store::Query query(connection, sql);
  return query.step() ? query.integer(0) : 0;
}

void add(std::vector<Sum>& sums, const std::string& currency, const erp::Decimal& amount) {
  for (Sum& sum : sums) {
    if (sum.currency != currency) continue;
    if (const auto more = sum.amount.plus(amount)) {
      sum.amount = *more;
      return;
    }
  }
  sums.push_back({currency, amount});
}

// The entries that only a person can set going: the blocked ones and all that stand behind them.
constexpr char stuck[] =
    "WITH RECURSIVE stuck (id, subject) AS ("
    "SELECT id, subject FROM outbox WHERE issue_id <> 0 "
    "UNION SELECT o.id, o.subject FROM stuck JOIN outbox AS o ON o.waits_for = stuck.id "
    "WHERE o.waits_for <> 0 AND o.state = 'queued' "
    "UNION SELECT o.id, o.subject FROM stuck JOIN outbox AS o ON o.subject = stuck.subject "
    "WHERE o.id > stuck.id AND o.state IN ('queued', 'claimed', 'blocked')) ";
// Behind `stuck`: the others that are open, through the indexes that hold them.
constexpr char able_to_go[] =
    ", open (id) AS MATERIALIZED ("
    "SELECT id FROM outbox WHERE state IN ('queued', 'claimed') AND waits_for = 0 "
    "UNION ALL SELECT id FROM outbox WHERE waits_for <> 0), "
    "held (id) AS (SELECT id FROM open WHERE id NOT IN (SELECT id FROM stuck)) ";

// When claim() will next find something: what nobody works on when it is due, the rest of a subject
// not before the lease of what is claimed there ends.
std::optional<erp::Instant> next_due(store::Connection& connection) {
  store::Query row(connection,
                   "SELECT * FROM (SELECT o.due_at FROM outbox AS o "
                   "WHERE " QB_OUTBOX_ITS_TURN "AND " QB_OUTBOX_NONE_CLAIMED
                   "ORDER BY o.due_at LIMIT 1) "
                   "UNION ALL "
                   "SELECT max(o.due_at, lease.due_at) FROM outbox AS lease "
                   "JOIN outbox AS o ON o.subject = lease.subject WHERE lease.state = 'claimed' "
                   "AND " QB_OUTBOX_ITS_TURN "ORDER BY 1 LIMIT 1");
  return row.step() ? std::optional<erp::Instant>(row.integer(0)) : std::nullopt;
}

// What the entries of `held` are about, and what they are worth; `with_held` makes that table.
template <class... Values>
std::vector<std::string> subjects_held(store::Database& store, const std::string& with_held,
                                       const Values&... values) {
  std::vector<std::string> subjects;
  store.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      with_held + "SELECT o.subject FROM held JOIN outbox AS o ON o.id = held.id "
                                  "GROUP BY o.subject ORDER BY min(o.id)",
                      values...);
    while (rows.step())
      subjects.push_back(rows.text(0));
  });
  return subjects;
}

template <class... Values>
std::vector<Sum> sums_held(store::Database& store, const std::string& with_held,
                           const Values&... values) {
  std::vector<Sum> sums;
  store.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      with_held + "SELECT o.currency, o.amount FROM held JOIN outbox AS o "
                                  "ON o.id = held.id WHERE o.amount <> '' "
                                  "ORDER BY o.currency, o.id",
                      values...);
    while (rows.step())
      if (const auto amount = erp::Decimal::parse(rows.text(1))) add(sums, rows.text(0), *amount);
  });
  return sums;
}

} // namespace

void Outbox::append(store::Connection& connection, const Attempt& attempt) {
  connection.run("INSERT INTO attempts (entry_id, started_at, duration_ms, cause, request_id, "
                 "outcome, http_status, code, intuit_tid, verdict, words) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                 attempt.entry_id, attempt.started_at, attempt.duration_ms, attempt.cause,
                 attempt.request_id, attempt.outcome, attempt.http_status, attempt.code,
                 attempt.intuit_tid, attempt.verdict, attempt.words);
}

Counts Outbox::counts() const {
  Counts counts;
  store_.read([&](store::Connection& connection) {
    // Entries are numbered without gaps and never removed.
    counts.blocked =
        number(connection, std::string(stuck) + "SELECT count(DISTINCT id) FROM stuck");
    counts.waiting = number(connection, "SELECT coalesce(max(id), 0) FROM outbox") -
                     number(connection, "SELECT amount FROM tallies WHERE name = 'closed'") -
                     counts.blocked;
    counts.delivered = number(connection, "SELECT amount FROM tallies WHERE name = 'delivered'");
    counts.next_due = next_due(connection);
  });
  return counts;
}

std::optional<Entry> Outbox::find(store::Connection& connection, std::int64_t id) {
  store::Query row(connection, "SELECT " QB_OUTBOX_COLUMNS " FROM outbox WHERE id = ?1", id);
  if (!row.step()) return std::nullopt;
  return entry_of(row);
}

std::optional<Entry> Outbox::find(std::int64_t id) const {
  std::optional<Entry> entry;
  store_.read([&](store::Connection& connection) { entry = find(connection, id); });
  return entry;
}

std::optional<Entry> Outbox::open_entry_of(store::Connection& connection,
                                           const std::string& subject) {
  store::Query row(connection,
                   "SELECT " QB_OUTBOX_COLUMNS " FROM outbox WHERE subject = ?1 "
                   "AND state IN ('queued', 'claimed', 'blocked') ORDER BY id LIMIT 1",
                   subject);
  if (!row.step()) return std::nullopt;
  return entry_of(row);
}

std::optional<Entry> Outbox::open_entry_of(const std::string& subject) const {
  std::optional<Entry> entry;
  store_.read([&](store::Connection& connection) { entry = open_entry_of(connection, subject); });
  return entry;
}

std::optional<Entry> Outbox::newest_of(store::Connection& connection, const std::string& subject) {
  store::Query rows(connection, "SELECT " QB_OUTBOX_COLUMNS " FROM outbox WHERE subject = ?1",
                    subject);
  const std::vector<Entry> entries = entries_of(rows);
  const Entry* const newest = outbox::newest_of(entries);
  return newest ? std::optional(*newest) : std::nullopt;
}

std::optional<Entry> Outbox::open_before(const Entry& entry) const {
  std::optional<Entry> before;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection,
                     "SELECT " QB_OUTBOX_COLUMNS " FROM outbox WHERE ordering_key = ?1 "
                     "AND id < ?2 AND subject <> ?3 "
                     "AND state IN ('queued', 'claimed', 'blocked') ORDER BY id LIMIT 1",
                     entry.ordering_key, entry.id, entry.subject);
    if (row.step()) before = entry_of(row);
  });
  return before;
}

std::vector<Entry> Outbox::of_subject(const std::string& subject) const {
  return entries_where(store_, "subject = ?1", subject);
}

std::vector<Entry> Outbox::waiting_for(std::int64_t entry_id) const {
  return entries_where(store_, "waits_for = ?1 AND waits_for <> 0", entry_id);
}

std::vector<Attempt> Outbox::attempts_of(std::int64_t entry_id) const {
  std::vector<Attempt> attempts;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT entry_id, started_at, duration_ms, cause, request_id, outcome, "
                      "http_status, code, intuit_tid, verdict, words FROM attempts "
                      "WHERE entry_id = ?1 ORDER BY id",
                      entry_id);
    while (rows.step())
      attempts.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.text(3),
                          rows.text(4), rows.text(5), static_cast<int>(rows.integer(6)),
                          rows.text(7), rows.text(8), rows.text(9), rows.text(10)});
  });
  return attempts;
}

std::string Outbox::last_company_of(std::int64_t entry_id) const {
  std::string company;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection,
                     "SELECT s.company FROM attempts AS a JOIN seals AS s "
                     "ON s.request_id = a.request_id WHERE a.entry_id = ?1 AND a.request_id <> '' "
                     "ORDER BY a.id DESC LIMIT 1",
                     entry_id);
    if (row.step()) company = row.text(0);
  });
  return company;
}

std::vector<std::string> Outbox::subjects_of_issue(std::int64_t issue_id) const {
  return subjects_held(store_, held_by_issue, issue_id);
}

std::vector<Sum> Outbox::sums_of_issue(std::int64_t issue_id) const {
  return sums_held(store_, held_by_issue, issue_id);
}

std::vector<std::string> Outbox::subjects_waiting() const {
  return subjects_held(store_, std::string(stuck) + able_to_go);
}

std::vector<Sum> Outbox::sums_waiting() const {
  return sums_held(store_, std::string(stuck) + able_to_go);
}

} // namespace qb::outbox
