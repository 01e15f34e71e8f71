#include "filled_outbox.hpp"

using qb::outbox::Outbox;
using qb::outbox::Pages;
using qb::outbox::Wanted;
using State = qb::outbox::State;
constexpr auto noon = FilledOutbox::noon;
constexpr auto minute = FilledOutbox::minute;

TEST_CASE("the oldest due entries are claimed, no more than asked for") {
  FilledOutbox box;
  Ids ids;
  for (int i = 0; i < 5; ++i)
    ids.push_back(
        box.record(FilledOutbox::event("e-" + std::to_string(i), "part/P-" + std::to_string(i))));
  CHECK(box.claim(noon - 1).empty());
  CHECK(box.claim(noon, 2) == Ids{ids[0], ids[1]});
  CHECK(box.entry(ids[0]).state == State::claimed);
  CHECK(box.entry(ids[0]).due_at == noon + 5 * minute);
  CHECK(box.claim() == Ids{ids[2], ids[3], ids[4]});
  CHECK(box.claim().empty());
}

TEST_CASE("a lease that ran out is claimed again, one of a process that is gone at once") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "part/P-1"));
  REQUIRE(box.claim() == Ids{id});
  CHECK(box.claim(noon + 5 * minute - 1).empty());
  CHECK(box.claim(noon + 5 * minute) == Ids{id});
  box.write([](auto& c) {
    Outbox::reclaim_all(c, noon + 6 * minute);
    return true;
  });
  CHECK(box.state(id) == State::queued);
  CHECK(box.claim(noon + 6 * minute) == Ids{id});
  CHECK(box.entry(id).attempts == 0);
}

TEST_CASE("a released entry is due later and counts the attempt only if told to") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "part/P-1"));
  for (const bool counts : {false, true, false, true}) {
    REQUIRE(box.claim() == Ids{id});
    CHECK(box.write([&](auto& c) { return Outbox::release(c, id, noon, counts); }));
  }
  CHECK(box.entry(id).attempts == 2);
  box.claim();
  box.write([&](auto& c) { return Outbox::release(c, id, noon + minute, true); });
  CHECK(box.claim().empty());
  CHECK(box.outbox.counts().next_due == noon + minute);
  CHECK(box.claim(noon + minute) == Ids{id});
}

TEST_CASE("what a clock that was ahead put off is due when the clock is right again") {
  FilledOutbox box;
  const auto put_off = box.record(FilledOutbox::event("e-1", "part/P-1"));
  const auto pausing = box.record(FilledOutbox::event("e-2", "part/P-2"));
  REQUIRE(box.claim().size() == 2);
  box.write([&](auto& c) { return Outbox::release(c, put_off, noon + 600 * minute, true); });
  box.write([&](auto& c) { return Outbox::release(c, pausing, noon + 5 * minute, true); });
  CHECK(box.outbox.any_due_after(noon + 60 * minute));
  CHECK(!box.outbox.any_due_after(noon + 600 * minute));
  box.write([&](auto& c) {
    Outbox::bring_forward(c, noon + 60 * minute, noon);
    return true;
  });
  CHECK(!box.outbox.any_due_after(noon + 60 * minute));
  CHECK(box.claim() == Ids{put_off});
  box.settle(put_off);
  CHECK(box.claim(noon + 5 * minute) == Ids{pausing});
}

TEST_CASE("an entry waits for another until that is closed, in whatever way") {
  for (const char* end : {"settled", "discarded"}) {
    CAPTURE(end);
    FilledOutbox box;
    const auto part = box.record(FilledOutbox::event("e-1", "part/P-1"));
    const auto order = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1));
    REQUIRE(box.claim().size() == 2);
    REQUIRE(box.wait_for(order, part));
    CHECK(box.state(order) == State::queued);
    CHECK(box.claim(noon + minute).empty());
    CHECK(box.outbox.waiting_for(part).size() == 1);
    CHECK(box.outbox.counts().waiting == 2);
    CHECK(box.outbox.counts().next_due == noon + 5 * minute); // the part's lease, not the order
    if (end == std::string("settled"))
      box.settle(part);
    else
      box.write([&](auto& c) { return Outbox::discard(c, part, "not wanted", noon); });
    CHECK(box.entry(order).waits_for == 0);
    CHECK(box.claim() == Ids{order});
  }
}

TEST_CASE("waiting for what is closed already, or for itself, is no waiting") {
  FilledOutbox box;
  const auto part = box.record(FilledOutbox::event("e-1", "part/P-1"));
  const auto order = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1));
  box.claim();
  box.settle(part);
  for (const std::int64_t other : {part, order, std::int64_t{12345}}) {
    REQUIRE(box.wait_for(order, other));
    CHECK(box.claim() == Ids{order});
  }
}

TEST_CASE("entries never wait for each other in a ring") {
  FilledOutbox box;
  const auto a = box.record(FilledOutbox::event("e-1", "a/1"));
  const auto b = box.record(FilledOutbox::event("e-2", "b/1"));
  const auto c = box.record(FilledOutbox::event("e-3", "c/1"));
  box.claim();
  box.wait_for(a, b);
  box.wait_for(b, c);
  box.wait_for(c, a);
  CHECK(box.entry(c).waits_for == 0);
  CHECK(box.claim() == Ids{c});
}

TEST_CASE("the next due time is that of an entry whose turn it is") {
  FilledOutbox box;
  CHECK_FALSE(box.outbox.counts().next_due);
  const auto first = box.record(FilledOutbox::event("e-1", "receipt/R-1"), false);
  box.record(FilledOutbox::event("e-2", "receipt/R-1"), false);
  CHECK(box.outbox.counts().next_due == noon);
  box.claim();
  REQUIRE(box.block(first, {1}));
  // The second is due, but behind a blocked one: waking up for it would be in vain.
  CHECK_FALSE(box.outbox.counts().next_due);
  // Both wait for a person.
  CHECK(box.outbox.counts().waiting == 0);
  CHECK(box.outbox.counts().blocked == 2);
}

TEST_CASE("a closed entry stays as it is, whatever the job still wanted of it") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "part/P-1"));
  box.claim();
  REQUIRE(box.write([&](auto& c) { return Outbox::discard(c, id, "by a person", noon); }));
  qb::outbox::Seal seal;
  seal.entry_id = id;
  seal.request_id = "r";
  CHECK_FALSE(box.settle(id));
  CHECK_FALSE(box.block(id, {1}));
  CHECK_FALSE(box.wait_for(id, 1));
  CHECK_FALSE(box.write([&](auto& c) { return Outbox::release(c, id, noon, true); }));
  CHECK_FALSE(box.write([&](auto& c) { return Outbox::seal(c, seal); }));
  CHECK_FALSE(box.write([&](auto& c) { return Outbox::discard(c, id, "again", noon); }));
  const auto entry = box.entry(id);
  CHECK(entry.state == State::discarded);
  CHECK(entry.note == "by a person");
  CHECK(entry.attempts == 0);
}

TEST_CASE("a page shows the newest first, also of many") {
  FilledOutbox box;
  box.store.write([](auto& c) {
    for (int i = 0; i < 6000; ++i)
      Outbox::record(c, FilledOutbox::event("e-" + std::to_string(i), "part/" + std::to_string(i)),
                     true);
  });
  const auto first_page = [&](const Wanted& wanted) {
    return Pages(box.store).before(wanted, Pages::newest).rows;
  };
  auto open = first_page({.open_only = true});
  REQUIRE(open.size() > 3);
  CHECK(open[0].entry.event_id == "e-5999");
  CHECK(open[2].entry.event_id == "e-5997");
  box.store.write([](auto& c) {
    for (const auto& entry : Outbox::claim(c, noon, noon + minute, 5998))
      Outbox::settle(c, entry.id, "", noon);
  });
  open = first_page({.open_only = true});
  REQUIRE(open.size() == 2);
  CHECK(open[0].entry.event_id == "e-5999");
  CHECK(open[1].entry.event_id == "e-5998");
  CHECK(first_page({}).at(3).entry.event_id == "e-5996");
  CHECK(box.outbox.counts().delivered == 5998);
  CHECK(box.outbox.of_subject("part/17").size() == 1);
  CHECK_FALSE(box.outbox.open_entry_of("part/17"));
  CHECK(box.outbox.open_entry_of("part/5999")->event_id == "e-5999");
}

TEST_CASE("what is put ahead of an open entry of its subject goes out before it") {
  FilledOutbox box;
  const auto closing = box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  const auto ahead =
      box.record_ahead(FilledOutbox::event("derived", "purchase_order/1", 1), closing);
  CHECK(box.outbox.counts().next_due == noon);
  CHECK(box.claim() == Ids{ahead});
  box.write([&](auto& c) { return Outbox::settle(c, ahead, "created", noon); });
  CHECK(box.claim() == Ids{closing});
}

TEST_CASE("one at a time of a subject, also if the one that waited is let go too soon") {
  FilledOutbox box;
  const auto closing = box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  const auto ahead =
      box.record_ahead(FilledOutbox::event("derived", "purchase_order/1", 1), closing);
  REQUIRE(box.claim() == Ids{ahead});
  box.write([&](auto& c) { return Outbox::release(c, closing, noon + minute, true); });
  CHECK(box.claim(noon + 2 * minute).empty());
  CHECK(box.outbox.counts().next_due == noon + 5 * minute); // the lease of what is ahead
  box.write([&](auto& c) { return Outbox::settle(c, ahead, "created", noon + 2 * minute); });
  CHECK(box.outbox.counts().next_due == noon + minute);
  CHECK(box.claim(noon + 2 * minute) == Ids{closing});
}

TEST_CASE("what two receipts put ahead of the same entry goes out once, and lets it go") {
  FilledOutbox box;
  const auto closing = box.record(FilledOutbox::event("e-1", "purchase_order/1", 2));
  const auto first = box.record_ahead(FilledOutbox::event("d-1", "purchase_order/1", 1), closing);
  const auto second = box.record_ahead(FilledOutbox::event("d-2", "purchase_order/1", 1), closing);
  CHECK(second == first);
  REQUIRE(box.claim() == Ids{first});
  box.write([&](auto& c) { return Outbox::settle(c, first, "created", noon); });
  CHECK(box.claim() == Ids{closing});
}

TEST_CASE(
    "how a document stands is said by its highest version, and by the host rather than by us") {
  qb::outbox::Entry first, second;
  first.id = 1;
  second.id = 2;
  CHECK(qb::outbox::counts_more(second, first));
  first.version = second.version = 3;
  second.derived = true; // an order as a receipt needs it, behind the event that closes it
  CHECK(qb::outbox::counts_more(first, second));
  second.version = 4;
  CHECK(qb::outbox::counts_more(second, first));
}
