#pragma once

#include "outbox/entry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace qb::store {
class Connection;
class Database;
} // namespace qb::store

// The durable list of what must still reach QuickBooks. Order: an entry is claimed only if its
// subject has no older open entry (open = queued, claimed, blocked), but for one that waits for it.
// Functions that take store::Connection run inside the caller's store::write(), so that several
// rooms change together; the class itself is stateless but for the store it reads.
//
// A hook may supersede an entry while the deliver job works on it. Therefore the steps of the job
// answer whether the entry was still open: false means that it is closed (superseded, discarded,
// delivered), that nothing was changed, and that nothing may be sent for it any more.
namespace qb::outbox {

enum class Recorded { fresh, duplicate, conflict };

struct Counts {
  std::int64_t waiting = 0; // queued or claimed, and able to go out without a person
  std::int64_t blocked =
      0; // blocked, or behind one that is: waiting for it, or later of its subject
  std::int64_t delivered = 0;
  // When claim() will next find something; nullopt: nothing is waiting but for other entries.
  std::optional<erp::Instant> next_due;
};

// An exact sum. A currency has two of them if their sum does not fit a Decimal.
struct Sum {
  std::string currency;
  erp::Decimal amount;
};

class Outbox {
 public:
  explicit Outbox(store::Database& store) : store_(store) {}

  // One INSERT, for hooks. duplicate: the same event_id with the same content;
  // conflict: with other content (nothing is changed). If `supersedes` (the event says the
  // subject's whole state): open entries of the subject become superseded unless a send of them is
  // in doubt, and who waited for them waits for this one; an entry of a lower version than the
  // newest recorded one of its subject is itself recorded as superseded. Of equal versions the
  // later counts. Of `entry` only what describes the event, due_at and recorded_at are taken.
  Recorded record(const Entry& entry, bool supersedes);
  static Recorded record(store::Connection&, const Entry& entry, bool supersedes);

  // A new entry that goes out before an open one of its subject, which waits for it; its id. If one
  // goes out before that already: the id of that one, and nothing is recorded.
  static std::int64_t record_ahead(store::Connection&, const Entry& entry,
                                   std::int64_t of_entry_id);

  // The oldest due entries whose turn it is, at most `count`, with a lease until `lease_until`
  // (decision: a lease is nothing but a later due_at; a crash lets it run out). Entries that wait
  // for another open entry are passed over, and those of a subject that has one claimed. In the
  // order of recording.
  static std::vector<Entry> claim(store::Connection&, erp::Instant now, erp::Instant lease_until,
                                  int count);
  // Queued and claimed entries that are due later than `latest`: because a clock was ahead.
  bool any_due_after(erp::Instant latest) const;
  static void bring_forward(store::Connection&, erp::Instant latest, erp::Instant now); // due now
  // At activation: leases of a process that is gone end now.
  static void reclaim_all(store::Connection&, erp::Instant now);

  // Fills seal.id. An earlier seal of the entry of which nothing was sent is dropped; one whose
  // answer is not known is a mistake of the caller (std::logic_error). False: the entry is closed.
  static bool seal(store::Connection&, Seal& seal);
  // False: the entry of the seal is closed, and nothing may be sent.
  static bool may_be_sent(store::Connection&, std::int64_t seal_id);
  // Right before each send, after every wait for a turn: a call that began earlier than it is noted
  // would seem to be over while it still runs. False: as may_be_sent().
  static bool mark_sent(store::Connection&, std::int64_t seal_id, erp::Instant now);
  // QuickBooks was read, for sends_since().
  static void has_read(store::Connection&, erp::Instant now);
  // QuickBooks answered what it was sent last: that call is over.
  static void last_send_ended(store::Connection&, const std::string& request_id);
  // When the request left for the last time of which no answer came, as far as it is remembered (an
  // hour); 0: never, or it is not.
  erp::Instant last_doubtful_send_at(const std::string& request_id) const;
  // The same of what would create such an entity for any entry of the ordering key, and was sent
  // again: a call that was the only one is over when its answer is known.
  erp::Instant last_doubtful_create_at(const std::string& ordering_key,
                                       const std::string& entity) const;
  // After a clock was set back: what was sent was sent by now.
  static void sent_by_now(store::Connection&, const Seal& seal, erp::Instant now);
  // The seal of the entry whose answer is not known, sent or not; nullopt: none.
  std::optional<Seal> unanswered(std::int64_t entry_id) const;
  static std::optional<Seal> unanswered(store::Connection&, std::int64_t entry_id);
  // The unanswered seals of one request, by batch_item: a batch is sent again whole and identical.
  std::vector<Seal> sealed_together(const std::string& request_id) const;
  // The answer is known: the bytes are dropped, request id and times stay.
  static void answered(store::Connection&, std::int64_t seal_id, erp::Instant now);

  // Closing an entry drops the bytes of its seal and lets go those that wait for it.
  static bool settle(store::Connection&, std::int64_t entry_id, const std::string& note,
                     erp::Instant now); // delivered
  static bool discard(store::Connection&, std::int64_t entry_id, const std::string& note,
                      erp::Instant now);
  // Back to queued.
  static bool release(store::Connection&, std::int64_t entry_id, erp::Instant due_at, bool counts);
  // Queued, but not claimed before the other entry is closed; it is due then. If that is closed
  // already, or itself waits for this one, it is due now.
  static bool wait_for(store::Connection&, std::int64_t entry_id, std::int64_t other_entry_id,
                       erp::Instant now);
  // However far: through others that it waits for. Each waits for itself.
  static bool waits_for(store::Connection&, std::int64_t entry_id, std::int64_t other_entry_id);
  // Several issues may hold up one entry (one for each obstacle): the first is its issue_id, all
  // are kept in a table of their own, so that Pages, unblock and the sums see the entry under
  // each. Unblocking by any of them lets the entry be looked at anew. At least one.
  static bool block(store::Connection&, std::int64_t entry_id,
                    const std::vector<std::int64_t>& issue_ids);
  // Blocked entries of this issue become queued and due, with a new count of attempts; answers how
  // many.
  static int unblock(store::Connection&, std::int64_t issue_id, Cause cause, erp::Instant now);
  static void append(store::Connection&, const Attempt& attempt);

  Counts counts() const;
  std::optional<Entry> find(std::int64_t id) const;
  static std::optional<Entry> find(store::Connection&, std::int64_t id);
  std::optional<Entry> open_entry_of(const std::string& subject) const; // the oldest open one
  static std::optional<Entry> open_entry_of(store::Connection&, const std::string& subject);
  // The one that says how the document stands, by counts_more().
  static std::optional<Entry> newest_of(store::Connection&, const std::string& subject);
  // The oldest open entry of the same ordering key, of another subject, that came before this one;
  // nullopt: none.
  std::optional<Entry> open_before(const Entry& entry) const;
  std::vector<Entry> of_subject(const std::string& subject) const;
  std::vector<Entry> waiting_for(std::int64_t entry_id) const;   // directly
  std::vector<Attempt> attempts_of(std::int64_t entry_id) const; // oldest first
  // Fingerprint of the company that the entry was last sent to; "" : it never was.
  std::string last_company_of(std::int64_t entry_id) const;
  // What an issue holds up: the entries it blocks, and those that wait for them, however far.
  std::vector<std::string> subjects_of_issue(std::int64_t issue_id) const;
  std::vector<Sum> sums_of_issue(std::int64_t issue_id) const; // by currency
  // The same of what is on its way and not blocked: what trouble with the company as a whole holds
  // up.
  std::vector<std::string> subjects_waiting() const;
  std::vector<Sum> sums_waiting() const;

  // Times of the requests since `since` (a batch is one), for the pacer after a restart; what is
  // older than an hour is forgotten.
  std::vector<erp::Instant> sends_since(erp::Instant since) const;
  std::vector<erp::Instant> batch_sends_since(erp::Instant since) const; // of them, the batches

 private:
  store::Database& store_;
};

} // namespace qb::outbox
