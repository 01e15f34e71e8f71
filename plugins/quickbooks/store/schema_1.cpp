#include "store/schema.hpp"

namespace qb::store {

const char* const schema_1 = R"sql(

-- outbox: what must still reach QuickBooks, and what became of it. The snapshot stands last: a row
-- is read up to the column asked for, and a long one spills to pages that are not touched then.
CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY NOT NULL,
  event_id     TEXT    NOT NULL,
  kind         TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  derived      INTEGER NOT NULL,
  state        TEXT    NOT NULL
    CHECK (state IN ('queued', 'claimed', 'blocked', 'delivered', 'superseded', 'discarded')),
  attempts     INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  issue_id     INTEGER NOT NULL,
  waits_for    INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL,
  settled_at   INTEGER NOT NULL,
  currency     TEXT    NOT NULL,
  amount       TEXT    NOT NULL,
  note         TEXT    NOT NULL,
  cause        TEXT    NOT NULL,
  ordering_key TEXT    NOT NULL,
  content_hash BLOB    NOT NULL,
  snapshot     TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_event ON outbox (event_id);
-- Answers both "is an older one of the subject open" and "which version is the newest".
CREATE INDEX outbox_line ON outbox (subject, state, version);
-- state and waits_for only so that a walk along it need not look into the table.
CREATE INDEX outbox_due ON outbox (due_at, id, state, waits_for)
  WHERE state IN ('queued', 'claimed') AND waits_for = 0;
-- A receipt keeps its order with its purchase order; everything else with its own subject.
CREATE INDEX outbox_order ON outbox (ordering_key, id)
  WHERE state IN ('queued', 'claimed', 'blocked');
CREATE INDEX outbox_claimed ON outbox (id) WHERE state = 'claimed';
CREATE INDEX outbox_waiting ON outbox (waits_for) WHERE waits_for <> 0;
CREATE INDEX outbox_blocked ON outbox (issue_id) WHERE issue_id <> 0;

-- The issues that hold up a blocked entry, all of them; outbox.issue_id is the first.
CREATE TABLE blocks (
  issue_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (issue_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_entry ON blocks (entry_id);

-- The exact bytes of a write. answered_at 0: the answer is not known.
CREATE TABLE seals (
  id            INTEGER PRIMARY KEY NOT NULL,
  entry_id      INTEGER NOT NULL,
  request_id    TEXT    NOT NULL,
  batch_item    TEXT    NOT NULL,
  company       TEXT    NOT NULL,
  path          TEXT    NOT NULL,
  entity        TEXT    NOT NULL,
  entity_id     TEXT    NOT NULL,
  sealed_at     INTEGER NOT NULL,
  first_sent_at INTEGER NOT NULL,
  sends         INTEGER NOT NULL,
  answered_at   INTEGER NOT NULL,
  plan_json     TEXT    NOT NULL,
  body          TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX seals_request ON seals (request_id, batch_item);
CREATE UNIQUE INDEX seals_unanswered ON seals (entry_id) WHERE answered_at = 0;

-- One row a request that left, also if several seals travelled in it.
CREATE TABLE sends (
  sent_at    INTEGER NOT NULL,
  request_id TEXT    NOT NULL,
  is_batch   INTEGER NOT NULL,
  PRIMARY KEY (sent_at, request_id)
) STRICT, WITHOUT ROWID;

-- The history of a document. Rows are added, never changed.
CREATE TABLE attempts (
  id          INTEGER PRIMARY KEY NOT NULL,
  entry_id    INTEGER NOT NULL,
  started_at  INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  cause       TEXT    NOT NULL,
  request_id  TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  http_status INTEGER NOT NULL,
  code        TEXT    NOT NULL,
  intuit_tid  TEXT    NOT NULL,
  verdict     TEXT    NOT NULL,
  words       TEXT    NOT NULL
) STRICT;
CREATE INDEX attempts_entry ON attempts (entry_id);

-- Counts that would be a long walk otherwise: of closed entries, and among them delivered ones.
CREATE TABLE tallies (
  name   TEXT    NOT NULL PRIMARY KEY,
  amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tallies (name, amount) VALUES ('closed', 0), ('delivered', 0);

-- links: which host record is which entity. Two records may mean one entity (two suppliers of one
-- name), a record means one entity.
CREATE TABLE links (
  id             INTEGER PRIMARY KEY NOT NULL,
  subject        TEXT    NOT NULL,
  entity         TEXT    NOT NULL,
  entity_id      TEXT    NOT NULL,
  sync_token     TEXT    NOT NULL,
  doc_number     TEXT    NOT NULL,
  host_name      TEXT    NOT NULL,
  fingerprint    TEXT    NOT NULL,
  version        INTEGER NOT NULL,
  host_total     TEXT    NOT NULL,
  document_total TEXT    NOT NULL,
  order_subject  TEXT    NOT NULL,
  billing_json   TEXT    NOT NULL,
  written_at     INTEGER NOT NULL,
  line_ids_json  TEXT    NOT NULL,
  answer         TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX links_subject ON links (subject);
-- The bills of an order.
CREATE INDEX links_order ON links (order_subject) WHERE order_subject <> '';
CREATE INDEX links_entity ON links (entity, entity_id);

-- inbox: what a person must look at. One open issue a cause.
CREATE TABLE issues (
  id                   INTEGER PRIMARY KEY NOT NULL,
  cause                TEXT    NOT NULL,
  state                TEXT    NOT NULL CHECK (state IN ('open', 'resolved', 'skipped')),
  title                TEXT    NOT NULL,
  quickbooks_says      TEXT    NOT NULL,
  meaning              TEXT    NOT NULL,
  remedy               TEXT    NOT NULL,
  code                 TEXT    NOT NULL,
  intuit_tid           TEXT    NOT NULL,
  curable_in_quickbooks INTEGER NOT NULL,
  standing             INTEGER NOT NULL,
  raised_at            INTEGER NOT NULL,
  seen_at              INTEGER NOT NULL,
  times                INTEGER NOT NULL,
  closed_at            INTEGER NOT NULL,
  closed_note          TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX issues_open ON issues (cause) WHERE state = 'open';
-- The one thing the inbox asks of the outbox.
CREATE VIEW blocking_issues AS SELECT DISTINCT issue_id FROM blocks;

-- directory: what QuickBooks holds, as far as we know. normalised_* are the names as people tell
-- them apart, without the " (deleted)" that QuickBooks adds to inactive ones.
CREATE TABLE directory (
  id                   INTEGER PRIMARY KEY NOT NULL,
  entity               TEXT    NOT NULL,
  entity_id            TEXT    NOT NULL,
  sync_token           TEXT    NOT NULL,
  name                 TEXT    NOT NULL,
  full_name            TEXT    NOT NULL,
  normalised_name      TEXT    NOT NULL,
  normalised_full_name TEXT    NOT NULL,
  account_number       TEXT    NOT NULL,
  kind                 TEXT    NOT NULL,
  currency             TEXT    NOT NULL,
  vendor_id            TEXT    NOT NULL,
  private_note         TEXT    NOT NULL,
  active               INTEGER NOT NULL,
  generation           INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX directory_entity ON directory (entity, entity_id);
CREATE INDEX directory_name ON directory (entity, normalised_name);
CREATE INDEX directory_full_name ON directory (entity, normalised_full_name);
CREATE INDEX directory_number ON directory (entity, account_number) WHERE account_number <> '';
-- How often an entity was read in full: what an earlier reading wrote and this one did not see is
-- gone.
CREATE TABLE readings (
  entity     TEXT    NOT NULL PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE facts (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

)sql";

} // namespace qb::store
