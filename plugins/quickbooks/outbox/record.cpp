#include "outbox/closing.hpp"
#include "outbox/outbox.hpp"
#include "store/database.hpp"

#include <array>
#include <openssl/evp.h>
#include <system_error>

namespace qb::outbox {
namespace {

// Half of a SHA-256: tells two contents of one event_id apart, also when the snapshot is gone.
std::string content_hash(const Entry& entry) {
  std::string content;
  content.reserve(entry.kind.size() + entry.subject.size() + entry.snapshot.size() + 2);
  content.append(entry.kind).append(1, '\0').append(entry.subject).append(1, '\0');
  content.append(entry.snapshot);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(content.data(), content.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
      1)
    throw std::system_error(std::make_error_code(std::errc::not_enough_memory),
                            "SHA-256 is not to be had");
  return {digest.begin(), digest.begin() + 16};
}

std::optional<Recorded> recorded_before(store::Connection& connection, const Entry& entry,
                                        const std::string& hash) {
  store::Query known(connection, "SELECT content_hash FROM outbox WHERE event_id = ?1",
                     entry.event_id);
  if (!known.step()) return std::nullopt;
  return known.blob(0) == hash ? Recorded::duplicate : Recorded::conflict;
}

// -1: none of this subject yet.
std::int64_t newest_version(store::Connection& connection, const std::string& subject) {
  store::Query newest(connection,
                      "SELECT coalesce(max(version), -1) FROM outbox WHERE subject = ?1", subject);
  newest.step();
  return newest.integer(0);
}

std::vector<std::int64_t> open_and_not_in_doubt(store::Connection& connection,
                                                const std::string& subject) {
  store::Query open(connection,
                    "SELECT o.id FROM outbox AS o WHERE o.subject = ?1 "
                    "AND o.state IN ('queued', 'claimed', 'blocked') AND NOT EXISTS "
                    "(SELECT 1 FROM seals AS s WHERE s.entry_id = o.id AND s.answered_at = 0 "
                    "AND s.sends > 0) ORDER BY o.id",
                    subject);
  std::vector<std::int64_t> ids;
  while (open.step())
    ids.push_back(open.integer(0));
  return ids;
}

std::int64_t insert(store::Connection& connection, const Entry& entry, const std::string& hash,
                    std::int64_t superseded_by) {
  const bool is_old = superseded_by >= 0;
  store::Query inserted(
      connection,
      "INSERT INTO outbox (event_id, kind, subject, version, derived, state, attempts, due_at, "
      "issue_id, waits_for, recorded_at, settled_at, currency, amount, note, cause, ordering_key, "
      "content_hash, snapshot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, 0, 0, ?8, ?9, ?10, ?11, ?12, "
      "?13, ?14, ?15, ?16) RETURNING id",
      entry.event_id, entry.kind, entry.subject, entry.version, entry.derived,
      to_string(is_old ? State::superseded : State::queued), entry.due_at, entry.recorded_at,
      is_old ? entry.recorded_at : 0, entry.currency, entry.amount,
      is_old ? "version " + std::to_string(superseded_by) + " was recorded before" : std::string(),
      to_string(entry.cause), entry.ordering_key.empty() ? entry.subject : entry.ordering_key,
      store::Blob{hash}, entry.snapshot);
  inserted.step();
  const std::int64_t id = inserted.integer(0);
  inserted.step(); // the row is in only when the statement has run to its end
  return id;
}

// What was put ahead of an entry. A second one could only go behind the first, as both are of one
// subject, and the entry waits for one at a time: none of the three would ever move.
std::optional<std::int64_t> ahead_of(store::Connection& connection, std::int64_t entry_id) {
  store::Query ahead(connection,
                     "SELECT a.id FROM outbox AS o JOIN outbox AS a ON a.id = o.waits_for "
                     "WHERE o.id = ?1 AND a.subject = o.subject "
                     "AND a.state IN ('queued', 'claimed', 'blocked')",
                     entry_id);
  if (!ahead.step()) return std::nullopt;
  return ahead.integer(0);
}

} // namespace

Recorded Outbox::record(store::Connection& connection, const Entry& entry, bool supersedes) {
  const std::string hash = content_hash(entry);
  if (const auto before = recorded_before(connection, entry, hash)) return *before;
  if (!supersedes) {
    insert(connection, entry, hash, -1);
    return Recorded::fresh;
  }
  const std::int64_t newest = newest_version(connection, entry.subject);
  if (newest > entry.version) {
    insert(connection, entry, hash, newest);
    count_closed(connection);
    return Recorded::fresh;
  }
  const auto older =
      newest < 0 ? std::vector<std::int64_t>() : open_and_not_in_doubt(connection, entry.subject);
  const std::int64_t id = insert(connection, entry, hash, -1);
  for (const std::int64_t older_id : older) {
    connection.run("UPDATE outbox SET waits_for = ?2 WHERE waits_for = ?1 AND waits_for <> 0",
                   older_id, id);
    close(connection, older_id, State::superseded,
          entry.version == 0 ? "superseded by a newer state"
                             : "superseded by version " + std::to_string(entry.version),
          entry.recorded_at);
  }
  return Recorded::fresh;
}

std::int64_t Outbox::record_ahead(store::Connection& connection, const Entry& entry,
                                  std::int64_t of_entry_id) {
  if (const auto ahead = ahead_of(connection, of_entry_id)) return *ahead;
  const std::int64_t id = insert(connection, entry, content_hash(entry), -1);
  wait_for(connection, of_entry_id, id, entry.recorded_at);
  return id;
}

Recorded Outbox::record(const Entry& entry, bool supersedes) {
  Recorded recorded = Recorded::fresh;
  store_.write_promptly(
      [&](store::Connection& connection) { recorded = record(connection, entry, supersedes); });
  return recorded;
}

} // namespace qb::outbox
