#pragma once

#include "erp/sdk/document.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qb::outbox {

enum class State { queued, claimed, blocked, delivered, superseded, discarded };
// In the order in which an entry may pass through them.
constexpr std::array<State, 6> all_states = {State::queued,    State::claimed,    State::blocked,
                                             State::delivered, State::superseded, State::discarded};
const char* to_string(State state);
State state_from(std::string_view text); // throws std::logic_error on anything else
bool is_open(State state);               // queued, claimed, blocked

// Why an entry is tried: the host's event; another document that needs its record; an earlier try
// that came to nothing; a person; something changed in QuickBooks or in the settings that may have
// mended it; receipts of the past are brought in.
enum class Cause { event, derived, retry, person, change, backfill };
const char* to_string(Cause cause);
Cause cause_from(std::string_view text); // throws std::logic_error on anything else

// One host event on its way to QuickBooks.
struct Entry {
  std::int64_t id = 0;
  std::string event_id;
  std::string kind;         // "po_ordered"
  std::string subject;      // "purchase_order/1042"
  std::string ordering_key; // as the subject, but a receipt counts with its purchase order
  std::int64_t version = 0; // of the document; 0 if it has none
  bool derived = false;     // made by us because another document needs the record
  std::string snapshot;     // canonical JSON of the event
  State state = State::queued;
  int attempts = 0; // counted ones
  erp::Instant due_at =
      0; // earliest time of the next try; of a claimed entry, the end of its lease
  std::optional<std::int64_t> issue_id;
  std::string note; // why it was settled as it was: "receipts=none", "superseded by version 3"
  std::string currency, amount; // what it is worth, for the issue
  Cause cause = Cause::event;   // of the next attempt
  erp::Instant recorded_at = 0;
  std::optional<erp::Instant> settled_at;
  std::int64_t waits_for = 0; // another entry that must be closed first; 0: none
};

// What the event says, not recorded yet, due now; what it is worth is for the caller to say.
Entry entry_of(const erp::Event& event, erp::Instant now);

// Of two entries of one subject, does `a` say how the document stands? The higher version does; of
// equal ones what the host said, and not what we derived from another document (an order that a
// receipt needs is written as it was before the event that closes it); then the later.
bool counts_more(const Entry& a, const Entry& b);
const Entry* newest_of(const std::vector<Entry>& entries); // by counts_more(); nullptr: of none

// The exact bytes of a write, stored before the first of them leaves (docs/adr/0005).
struct Seal {
  std::int64_t id = 0;
  std::int64_t entry_id = 0;
  std::string request_id; // at most 36 characters; the seals of one batch share it
  std::string batch_item; // bId within the batch, at most 10 characters; "" : sent alone
  std::string company;    // fingerprint of the company they are meant for; never sent to another
  std::string path;       // "purchaseorder"
  std::string entity;     // "PurchaseOrder"
  std::string entity_id;  // "" : create
  std::string body;
  std::string
      plan_json; // what settling needs to know: fingerprint, line ids, doc number, host name
  erp::Instant sealed_at = 0;
  erp::Instant first_sent_at = 0; // 0: never
  int sends = 0;
};

// One try, for the history of a document. Append-only.
struct Attempt {
  std::int64_t entry_id = 0;
  erp::Instant started_at = 0;
  std::int64_t duration_ms = 0;
  std::string cause; // to_string(Cause)
  std::string request_id;
  std::string outcome; // verdict::to_string
  int http_status = 0;
  std::string code; // Intuit's
  std::string intuit_tid;
  std::string verdict; // "settled", "waits", "blocked"
  std::string words;
};

} // namespace qb::outbox
