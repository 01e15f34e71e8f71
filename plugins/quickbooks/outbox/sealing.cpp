#include "outbox/outbox.hpp"
#include "outbox/row.hpp"
#include "store/database.hpp"

#include <stdexcept>

namespace qb::outbox {
namespace {

// The pacer looks back a minute; a day of clock trouble apart, an hour is more than enough.
constexpr erp::Instant sends_kept_us = 3600LL * 1'000'000;

bool entry_is_open(store::Connection& connection, std::int64_t entry_id) {
  store::Query open(connection,
                    "SELECT 1 FROM outbox WHERE id = ?1 "
                    "AND state IN ('queued', 'claimed', 'blocked')",
                    entry_id);
  return open.step();
}

std::vector<erp::Instant> instants_of(store::Query& rows) {
  std::vector<erp::Instant> instants;
  while (rows.step())
    instants.push_back(rows.integer(0));
  return instants;
}

} // namespace

bool Outbox::seal(store::Connection& connection, Seal& seal) {
  if (!entry_is_open(connection, seal.entry_id)) return false;
  if (const auto before = unanswered(connection, seal.entry_id)) {
    if (before->sends > 0) throw std::logic_error("sealed anew while a send is in doubt");
    connection.run("DELETE FROM seals WHERE id = ?1", before->id);
  }
  store::Query inserted(
      connection,
      "INSERT INTO seals (entry_id, request_id, batch_item, company, path, entity, entity_id, "
      "sealed_at, first_sent_at, sends, answered_at, plan_json, body) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, ?9, ?10) RETURNING id",
      seal.entry_id, seal.request_id, seal.batch_item, seal.company, seal.path, seal.entity,
      seal.entity_id, seal.sealed_at, seal.plan_json, seal.body);
  inserted.step();
  seal.id = inserted.integer(0);
  seal.first_sent_at = 0;
  seal.sends = 0;
  inserted.step();
  return true;
}

bool Outbox::may_be_sent(store::Connection& connection, std::int64_t seal_id) {
  return store::Query(connection, "SELECT 1 FROM seals WHERE id = ?1 AND answered_at = 0", seal_id)
      .step();
}

bool Outbox::mark_sent(store::Connection& connection, std::int64_t seal_id, erp::Instant now) {
  // An entry that is closed has no unanswered seal: closing.cpp.
  const int marked =
      connection.run("UPDATE seals SET sends = sends + 1, "
                     "first_sent_at = CASE WHEN sends = 0 THEN ?2 ELSE first_sent_at END "
                     "WHERE id = ?1 AND answered_at = 0",
                     seal_id, now);
  if (marked == 0) return false;
  connection.run("INSERT OR IGNORE INTO sends (sent_at, request_id, is_batch) "
                 "SELECT ?2, request_id, batch_item <> '' FROM seals WHERE id = ?1",
                 seal_id, now);
  connection.run("DELETE FROM sends WHERE sent_at < ?1", now - sends_kept_us);
  return true;
}

void Outbox::has_read(store::Connection& connection, erp::Instant now) {
  connection.run("INSERT OR IGNORE INTO sends (sent_at, request_id, is_batch) VALUES (?1, '', 0)",
                 now);
  connection.run("DELETE FROM sends WHERE sent_at < ?1", now - sends_kept_us);
}

// It counts for the pacer, as a reading does, and for nothing else.
void Outbox::last_send_ended(store::Connection& connection, const std::string& request_id) {
  connection.run("UPDATE OR REPLACE sends SET request_id = '' WHERE request_id = ?1 AND sent_at = "
                 "(SELECT max(sent_at) FROM sends WHERE request_id = ?1)",
                 request_id);
}

namespace {

// The one time that the query answers.
template <class... Values>
erp::Instant time_in(store::Database& store, std::string_view sql, const Values&... values) {
  erp::Instant time = 0;
  store.read([&](store::Connection& connection) {
    store::Query row(connection, sql, values...);
    row.step();
    time = row.integer(0);
  });
  return time;
}

} // namespace

erp::Instant Outbox::last_doubtful_send_at(const std::string& request_id) const {
  return time_in(store_, "SELECT coalesce(max(sent_at), 0) FROM sends WHERE request_id = ?1",
                 request_id);
}

erp::Instant Outbox::last_doubtful_create_at(const std::string& ordering_key,
                                             const std::string& entity) const {
  return time_in(store_,
                 "SELECT coalesce(max(sends.sent_at), 0) FROM sends "
                 "JOIN seals ON seals.request_id = sends.request_id "
                 "JOIN outbox ON outbox.id = seals.entry_id "
                 "WHERE sends.request_id <> '' AND seals.sends > 1 "
                 "AND seals.entity = ?2 AND seals.entity_id = '' AND outbox.ordering_key = ?1",
                 ordering_key, entity);
}

void Outbox::sent_by_now(store::Connection& connection, const Seal& seal, erp::Instant now) {
  connection.run("UPDATE OR REPLACE sends SET sent_at = ?2 WHERE request_id = ?1 AND sent_at > ?2",
                 seal.request_id, now);
  connection.run("UPDATE seals SET first_sent_at = ?2 WHERE id = ?1 AND first_sent_at > ?2",
                 seal.id, now);
}

std::optional<Seal> Outbox::unanswered(store::Connection& connection, std::int64_t entry_id) {
  store::Query row(connection,
                   "SELECT " QB_SEALS_COLUMNS " FROM seals WHERE entry_id = ?1 AND answered_at = 0",
                   entry_id);
  if (!row.step()) return std::nullopt;
  return seal_of(row);
}

std::optional<Seal> Outbox::unanswered(std::int64_t entry_id) const {
  std::optional<Seal> seal;
  store_.read([&](store::Connection& connection) { seal = unanswered(connection, entry_id); });
  return seal;
}

std::vector<Seal> Outbox::sealed_together(const std::string& request_id) const {
  std::vector<Seal> seals;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT " QB_SEALS_COLUMNS " FROM seals WHERE request_id = ?1 "
                      "AND answered_at = 0 ORDER BY length(batch_item), batch_item",
                      request_id);
    while (rows.step())
      seals.push_back(seal_of(rows));
  });
  return seals;
}

void Outbox::answered(store::Connection& connection, std::int64_t seal_id, erp::Instant now) {
  connection.run("UPDATE seals SET body = '', answered_at = ?2 WHERE id = ?1 AND answered_at = 0",
                 seal_id, now);
}

std::vector<erp::Instant> Outbox::sends_since(erp::Instant since) const {
  std::vector<erp::Instant> instants;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection, "SELECT sent_at FROM sends WHERE sent_at >= ?1 ORDER BY sent_at",
                      since);
    instants = instants_of(rows);
  });
  return instants;
}

std::vector<erp::Instant> Outbox::batch_sends_since(erp::Instant since) const {
  std::vector<erp::Instant> instants;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT sent_at FROM sends WHERE sent_at >= ?1 AND is_batch = 1 "
                      "ORDER BY sent_at",
                      since);
    instants = instants_of(rows);
  });
  return instants;
}

} // namespace qb::outbox
