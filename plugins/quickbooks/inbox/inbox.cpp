#include "inbox/inbox.hpp"

#include "store/database.hpp"

#include <stdexcept>

namespace qb::inbox {
namespace {

#define QB_ISSUES_COLUMNS                                                                          \
  "id, state, cause, title, quickbooks_says, meaning, remedy, code, intuit_tid, "                  \
  "curable_in_quickbooks, standing, raised_at, seen_at, times, closed_note"

State state_from(const std::string& text) {
  for (const State state : {State::open, State::resolved, State::skipped})
    if (text == to_string(state)) return state;
  throw std::logic_error("no such state: " + text);
}

Issue issue_of(const store::Query& row) {
  Issue issue;
  issue.id = row.integer(0);
  issue.state = state_from(row.text(1));
  issue.words.cause = row.text(2);
  issue.words.title = row.text(3);
  issue.words.quickbooks_says = row.text(4);
  issue.words.meaning = row.text(5);
  issue.words.remedy = row.text(6);
  issue.words.code = row.text(7);
  issue.words.intuit_tid = row.text(8);
  issue.words.curable_in_quickbooks = row.flag(9);
  issue.standing = row.flag(10);
  issue.raised_at = row.integer(11);
  issue.seen_at = row.integer(12);
  issue.times = static_cast<int>(row.integer(13));
  issue.closed_note = row.text(14);
  return issue;
}

void close(store::Connection& connection, std::int64_t id, State state, const std::string& note,
           erp::Instant now) {
  connection.run("UPDATE issues SET state = ?2, closed_note = ?3, closed_at = ?4 "
                 "WHERE id = ?1 AND state = 'open'",
                 id, to_string(state), note, now);
}

} // namespace

const char* to_string(State state) {
  switch (state) {
  case State::open:
    return "open";
  case State::resolved:
    return "resolved";
  case State::skipped:
    return "skipped";
  }
  throw std::logic_error("no such state");
}

std::optional<std::int64_t> Inbox::open_issue(store::Connection& connection,
                                              const std::string& cause) {
  store::Query row(connection, "SELECT id FROM issues WHERE cause = ?1 AND state = 'open'", cause);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

std::vector<std::pair<std::int64_t, std::string>> Inbox::open_below(store::Connection& connection,
                                                                    const std::string& prefix) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  store::Query rows(connection,
                    "SELECT id, cause FROM issues WHERE state = 'open' AND cause >= ?1 "
                    "AND substr(cause, 1, length(?1)) = ?1 AND cause < ?2 ORDER BY id",
                    prefix, prefix + "\xF4\x8F\xBF\xBF"); // the last character there is
  while (rows.step())
    found.emplace_back(rows.integer(0), rows.text(1));
  return found;
}

std::int64_t Inbox::raise(store::Connection& connection, const verdict::IssueWords& words,
                          erp::Instant now, bool standing) {
  store::Query raised(
      connection,
      "INSERT INTO issues (cause, state, title, quickbooks_says, meaning, remedy, code, "
      "intuit_tid, curable_in_quickbooks, standing, raised_at, seen_at, times, closed_at, "
      "closed_note) VALUES (?1, 'open', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, 1, 0, '') "
      "ON CONFLICT (cause) WHERE state = 'open' DO UPDATE SET title = excluded.title, "
      "quickbooks_says = excluded.quickbooks_says, meaning = excluded.meaning, "
      "remedy = excluded.remedy, code = excluded.code, intuit_tid = excluded.intuit_tid, "
      "curable_in_quickbooks = excluded.curable_in_quickbooks, "
      "standing = max(standing, excluded.standing), seen_at = excluded.seen_at, "
      "times = times + 1 RETURNING id",
      words.cause, words.title, words.quickbooks_says, words.meaning, words.remedy, words.code,
      words.intuit_tid, words.curable_in_quickbooks, standing, now);
  raised.step();
  const std::int64_t id = raised.integer(0);
  raised.step(); // runs it to its end
  return id;
}

void Inbox::raise_standing(const verdict::IssueWords& words, erp::Instant now,
                           const std::function<void(const verdict::IssueWords&)>& notice) const {
  notice(words);
  store_.write([&](store::Connection& connection) { raise(connection, words, now, true); });
}

void Inbox::resolve(store::Connection& connection, std::int64_t id, const std::string& note,
                    erp::Instant now) {
  close(connection, id, State::resolved, note, now);
}

void Inbox::skip(store::Connection& connection, std::int64_t id, const std::string& note,
                 erp::Instant now) {
  close(connection, id, State::skipped, note, now);
}

std::vector<std::int64_t> Inbox::resolve_orphans(store::Connection& connection,
                                                 const std::string& note, erp::Instant now) {
  std::vector<std::int64_t> ids;
  {
    store::Query rows(connection, "SELECT id FROM issues WHERE state = 'open' AND standing = 0 "
                                  "AND id NOT IN (SELECT issue_id FROM blocking_issues) "
                                  "ORDER BY id");
    while (rows.step())
      ids.push_back(rows.integer(0));
  }
  for (const std::int64_t id : ids)
    resolve(connection, id, note, now);
  return ids;
}

std::optional<Issue> Inbox::find(std::int64_t id) const {
  std::optional<Issue> issue;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection, "SELECT " QB_ISSUES_COLUMNS " FROM issues WHERE id = ?1", id);
    if (row.step()) issue = issue_of(row);
  });
  return issue;
}

std::vector<Issue> Inbox::list(bool open_only) const {
  std::vector<Issue> issues;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection, open_only ? "SELECT " QB_ISSUES_COLUMNS
                                              " FROM issues WHERE state = 'open' ORDER BY id"
                                            : "SELECT " QB_ISSUES_COLUMNS
                                              " FROM issues ORDER BY id");
    while (rows.step())
      issues.push_back(issue_of(rows));
  });
  return issues;
}

} // namespace qb::inbox
