#include "filled_outbox.hpp"

using qb::outbox::Recorded;
using State = qb::outbox::State;

TEST_CASE("an event comes back as it was recorded") {
  FilledOutbox box;
  auto event = FilledOutbox::event("e-1", "purchase_order/1042", 3, "125.50");
  event.derived = true;
  event.due_at += 7;
  const auto id = box.record(event);
  const auto entry = box.entry(id);
  CHECK(entry.event_id == "e-1");
  CHECK(entry.kind == "po_ordered");
  CHECK(entry.subject == "purchase_order/1042");
  CHECK(entry.version == 3);
  CHECK(entry.derived);
  CHECK(entry.snapshot == event.snapshot);
  CHECK(entry.state == State::queued);
  CHECK(entry.attempts == 0);
  CHECK(entry.due_at == event.due_at);
  CHECK(entry.recorded_at == event.recorded_at);
  CHECK(entry.amount == "125.50");
  CHECK_FALSE(entry.issue_id);
  CHECK_FALSE(entry.settled_at);
  CHECK(entry.waits_for == 0);
}

TEST_CASE("the same event twice is one entry, other content under its id is a conflict") {
  FilledOutbox box;
  const auto event = FilledOutbox::event("e-1", "part/P-1");
  const auto id = box.record(event);
  CHECK(box.outbox.record(event, true) == Recorded::duplicate);
  auto other = event;
  other.snapshot += " ";
  CHECK(box.outbox.record(other, true) == Recorded::conflict);
  other = event;
  other.subject = "part/P-2";
  CHECK(box.outbox.record(other, true) == Recorded::conflict);
  CHECK(all_entries(box.store).size() == 1);

  box.claim();
  REQUIRE(box.settle(id));
  CHECK(box.outbox.record(event, true) == Recorded::duplicate);
  CHECK(box.state(id) == State::delivered);
}

TEST_CASE("a newer version takes the place of an open older one") {
  FilledOutbox box;
  const auto first = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  const auto second = box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  const auto foreign = box.record(FilledOutbox::event("e-3", "purchase_order/2", 1));
  CHECK(box.state(first) == State::superseded);
  CHECK(box.entry(first).note == "superseded by version 2");
  CHECK(box.entry(first).settled_at == FilledOutbox::noon);
  CHECK(box.claim() == Ids{second, foreign});
  // Claimed, but nothing of it has left.
  const auto third = box.record(FilledOutbox::event("e-4", "purchase_order/1", 3));
  CHECK(box.state(second) == State::superseded);
  CHECK_FALSE(box.settle(second));
  CHECK(box.state(third) == State::queued);
}

TEST_CASE("another kind of event about the same subject takes its place too") {
  FilledOutbox box;
  const auto ordered = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  auto cancelled = FilledOutbox::event("e-2", "purchase_order/1", 2);
  cancelled.kind = "po_cancelled";
  box.record(cancelled);
  CHECK(box.state(ordered) == State::superseded);
}

TEST_CASE("of equal versions the later counts") {
  FilledOutbox box;
  const auto first = box.record(FilledOutbox::event("e-1", "supplier/S-1"));
  const auto second = box.record(FilledOutbox::event("e-2", "supplier/S-1"));
  CHECK(box.state(first) == State::superseded);
  CHECK(box.state(second) == State::queued);
}

TEST_CASE("a version that comes late is recorded and never sent") {
  FilledOutbox box;
  const auto third = box.record(FilledOutbox::event("e-3", "purchase_order/1", 3));
  box.claim();
  box.settle(third);
  const auto second = box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  CHECK(box.state(second) == State::superseded);
  CHECK(box.entry(second).note == "version 3 was recorded before");
  CHECK(box.claim().empty());
  CHECK(box.outbox.record(FilledOutbox::event("e-2", "purchase_order/1", 2), true) ==
        Recorded::duplicate);
  CHECK(box.outbox.counts().waiting == 0);
}

TEST_CASE("an entry whose send is in doubt is not superseded, the newer one waits behind it") {
  FilledOutbox box;
  const auto first = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  const auto seal = box.send(first);
  const auto second = box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  CHECK(box.state(first) == State::claimed);
  CHECK(box.claim().empty());
  const auto third = box.record(FilledOutbox::event("e-3", "purchase_order/1", 3));
  CHECK(box.state(second) == State::superseded);
  box.write([&](auto& c) {
    qb::outbox::Outbox::answered(c, seal.id, FilledOutbox::noon);
    return true;
  });
  REQUIRE(box.settle(first));
  CHECK(box.claim() == Ids{third});
}

TEST_CASE("receipts all count, in their order") {
  FilledOutbox box;
  const auto first = box.record(FilledOutbox::event("e-1", "receipt/R-1", 2), false);
  const auto second = box.record(FilledOutbox::event("e-2", "receipt/R-1", 1), false);
  CHECK(box.claim() == Ids{first});
  box.settle(first);
  CHECK(box.claim() == Ids{second});
}

TEST_CASE("a blocked entry gives way to the corrected document") {
  FilledOutbox box;
  const auto first = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  REQUIRE(box.block(first, {7}));
  const auto second = box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  CHECK(box.state(first) == State::superseded);
  CHECK_FALSE(box.entry(first).issue_id);
  CHECK(box.blocked_by(7).empty());
  CHECK(box.claim() == Ids{second});
}

TEST_CASE("who waited for a superseded entry waits for the one in its place") {
  FilledOutbox box;
  const auto part = box.record(FilledOutbox::event("e-1", "part/P-1"));
  const auto order = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1));
  box.claim();
  REQUIRE(box.wait_for(order, part));
  const auto newer = box.record(FilledOutbox::event("e-3", "part/P-1"));
  CHECK(box.entry(order).waits_for == newer);
  CHECK(box.claim() == Ids{newer});
  box.settle(newer);
  CHECK(box.claim() == Ids{order});
}
