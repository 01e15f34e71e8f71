#include "outbox/pages.hpp"

#include "outbox/outbox.hpp"
#include "outbox/row.hpp"
#include "store/database.hpp"

#include <algorithm>

namespace qb::outbox {
namespace {

// Rows that one reading walks over where no index leads to those that are wanted.
constexpr std::int64_t walk_max = 500;
constexpr std::int64_t count_walk_max = 2000;
constexpr std::int64_t open_ones_sorted_max = 5000;

// As QB_OUTBOX_COLUMNS, and the number of attempts.
constexpr char columns[] =
    "SELECT id, event_id, kind, subject, version, derived, state, attempts, due_at, issue_id, "
    "waits_for, recorded_at, settled_at, currency, amount, note, cause, '', '', "
    "(SELECT count(*) FROM attempts WHERE attempts.entry_id = outbox.id) FROM outbox ";

// The open ones, by the three indexes that hold them.
constexpr char open_ones[] =
    "id IN (SELECT id FROM outbox WHERE state IN ('queued', 'claimed') AND waits_for = 0 "
    "UNION ALL SELECT id FROM outbox WHERE waits_for <> 0 "
    "UNION ALL SELECT id FROM outbox WHERE issue_id <> 0)";

// "" or " AND ...": only names of states are put in.
std::string state_is(const Wanted& wanted) {
  std::string sql;
  if (wanted.open_only) sql += " AND state IN ('queued', 'claimed', 'blocked')";
  if (wanted.state) sql += std::string(" AND state = '") + to_string(*wanted.state) + "'";
  return sql;
}

std::vector<Row> rows_of(store::Query& query) {
  std::vector<Row> rows;
  while (query.step())
    rows.push_back({entry_of(query), query.integer(19)});
  return rows;
}

Page page_of(std::vector<Row> rows) {
  Page page{std::move(rows), 0};
  if (page.rows.size() == static_cast<std::size_t>(Pages::length_max))
    page.next_before = page.rows.back().entry.id;
  return page;
}

template <class... Values>
std::int64_t number(store::Database& store, const std::string& sql, const Values&... values) {
  std::int64_t result = 0;
  store.read([&](store::Connection& connection) {
    store::Query query(connection, sql, values...);
    if (query.step()) result = query.integer(0);
  });
  return result;
}

} // namespace

Pages::Pages(store::Database& store) : store_(store) {
  const Counts now = Outbox(store).counts();
  few_are_open_ = now.waiting + now.blocked <= open_ones_sorted_max;
}

bool Pages::through_indexes(const Wanted& wanted) const {
  return few_are_open_ && (wanted.open_only || (wanted.state && is_open(*wanted.state)));
}

Page Pages::before(const Wanted& wanted, std::int64_t before_id) const {
  Page page;
  if (!wanted.subject.empty() || through_indexes(wanted)) {
    store_.read([&](store::Connection& connection) {
      const std::string which = wanted.subject.empty() ? open_ones : "subject = ?3";
      const std::string sql = columns + ("WHERE id < ?1 AND " + which) + state_is(wanted) +
                              " ORDER BY id DESC LIMIT ?2";
      if (wanted.subject.empty()) {
        store::Query query(connection, sql, before_id, length_max);
        page = page_of(rows_of(query));
      } else {
        store::Query query(connection, sql, before_id, length_max, wanted.subject);
        page = page_of(rows_of(query));
      }
    });
    return page;
  }
  const bool all = !wanted.open_only && !wanted.state;
  const std::int64_t walk = all ? length_max : walk_max;
  const std::int64_t end =
      std::min(before_id, number(store_, "SELECT coalesce(max(id), 0) + 1 FROM outbox"));
  const std::int64_t begin = std::max<std::int64_t>(1, end - walk);
  store_.read([&](store::Connection& connection) {
    store::Query query(connection,
                       columns + std::string("WHERE id >= ?1 AND id < ?2") + state_is(wanted) +
                           " ORDER BY id DESC",
                       begin, end);
    page.rows = rows_of(query);
  });
  page.next_before = begin > 1 ? begin : 0;
  return page;
}

std::int64_t Pages::count(const Wanted& wanted) const {
  if (!wanted.subject.empty())
    return number(store_, "SELECT count(*) FROM outbox WHERE subject = ?1" + state_is(wanted),
                  wanted.subject);
  const std::int64_t newest_id = number(store_, "SELECT coalesce(max(id), 0) FROM outbox");
  if (!wanted.open_only && !wanted.state) return newest_id; // numbered without gaps, never removed
  if (through_indexes(wanted))
    return number(store_,
                  std::string("SELECT count(*) FROM outbox WHERE ") + open_ones + state_is(wanted));
  std::int64_t found = 0;
  const std::string walk = "SELECT count(*) FROM outbox WHERE id >= ?1 AND id < ?2";
  for (std::int64_t begin = 1; begin <= newest_id; begin += count_walk_max)
    found += number(store_, walk + state_is(wanted), begin, begin + count_walk_max);
  return found;
}

std::vector<std::int64_t> Pages::blocked_by(std::int64_t issue_id, std::int64_t after_id) const {
  std::vector<std::int64_t> ids;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT entry_id FROM blocks WHERE issue_id = ?1 AND entry_id > ?2 "
                      "ORDER BY entry_id LIMIT ?3",
                      issue_id, after_id, length_max);
    while (rows.step())
      ids.push_back(rows.integer(0));
  });
  return ids;
}

} // namespace qb::outbox
