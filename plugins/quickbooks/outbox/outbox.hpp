#pragma once

#include "outbox/entry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}
namespace qb::store {
class Database;
}

// The durable list of what must still reach QuickBooks. Order: an entry is claimed only if its
// subject has no older open entry (open = queued, claimed, blocked). Functions that take
// SQLite::Database run inside the caller's store::write(), so that several rooms change together;
// the class itself is stateless but for the store it reads.
namespace qb::outbox {

enum class Recorded { fresh, duplicate, conflict };

struct Counts {
  std::int64_t waiting = 0; // queued or claimed
  std::int64_t blocked = 0;
  std::int64_t delivered = 0;
  std::optional<erp::Instant> next_due; // of the waiting ones
};

class Outbox {
 public:
  explicit Outbox(store::Database& store) : store_(store) {}

  // One INSERT (decision 1). duplicate: the same event_id with the same content; conflict: with
  // other content (nothing is changed). Open entries of the subject that are older in version or
  // place, and of which no send is in doubt, become superseded when `supersedes`; a document older
  // than what was already accepted is itself recorded as superseded.
  Recorded record(const Entry& entry, bool supersedes);
  static Recorded record(SQLite::Database&, const Entry& entry, bool supersedes);

  // The oldest due entries whose turn it is, at most `count`, with a lease until `lease_until`
  // (decision: a lease is nothing but a later due_at; a crash lets it run out). Entries that wait
  // for another open entry are passed over.
  static std::vector<Entry> claim(SQLite::Database&, erp::Instant now, erp::Instant lease_until,
                                  int count);
  // At activation: leases of a process that is gone end now.
  static void reclaim_all(SQLite::Database&, erp::Instant now);

  static void seal(SQLite::Database&, Seal& seal); // fills seal.id
  static void mark_sent(SQLite::Database&, std::int64_t seal_id,
                        erp::Instant now); // before each send
  // The seal of the entry whose answer is not known; nullopt: none.
  std::optional<Seal> unanswered(std::int64_t entry_id) const;
  // The answer is known: the bytes are dropped, request id and times stay.
  static void answered(SQLite::Database&, std::int64_t seal_id, erp::Instant now);

  static void settle(SQLite::Database&, std::int64_t entry_id, const std::string& note,
                     erp::Instant now); // delivered
  static void release(SQLite::Database&, std::int64_t entry_id, erp::Instant due_at,
                      bool counts); // queued
  static void wait_for(SQLite::Database&, std::int64_t entry_id,
                       std::int64_t other_entry_id); // queued
  static void block(SQLite::Database&, std::int64_t entry_id, std::int64_t issue_id);
  static void discard(SQLite::Database&, std::int64_t entry_id, const std::string& note,
                      erp::Instant now);
  // Blocked entries of this issue become queued and due; answers how many.
  static int unblock(SQLite::Database&, std::int64_t issue_id, erp::Instant now);
  static void append(SQLite::Database&, const Attempt& attempt);

  Counts counts() const;
  std::optional<Entry> find(std::int64_t id) const;
  std::optional<Entry> open_entry_of(const std::string& subject) const; // the oldest open one
  std::vector<Entry> list(bool open_only, int count_max) const;         // newest last
  std::vector<Entry> of_subject(const std::string& subject) const;
  std::vector<Entry> of_issue(std::int64_t issue_id) const;
  std::vector<Attempt> attempts_of(std::int64_t entry_id) const;
  // Times of the sends since `since`, for the pacer after a restart.
  std::vector<erp::Instant> sends_since(erp::Instant since) const;

 private:
  store::Database& store_;
};

} // namespace qb::outbox
