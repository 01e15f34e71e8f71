#include "filled_outbox.hpp"
#include "outbox/pages.hpp"

#include <string>

using qb::outbox::Outbox;
using qb::outbox::Pages;
using qb::outbox::Wanted;
using State = qb::outbox::State;

namespace {

// All of it, oldest first, by pages as long as there are any.
Ids all_of(const Pages& pages, const Wanted& wanted) {
  Ids ids;
  for (std::int64_t before = Pages::newest; before != 0;) {
    const auto page = pages.before(wanted, before);
    CHECK(page.rows.size() <= 500);
    for (const auto& row : page.rows) {
      CHECK(row.entry.snapshot.empty());
      ids.insert(ids.begin(), row.entry.id);
    }
    CHECK((page.next_before == 0 || page.next_before < before));
    before = page.next_before;
  }
  CHECK(pages.count(wanted) == static_cast<std::int64_t>(ids.size()));
  return ids;
}

} // namespace

TEST_CASE("pages lead to every entry that is wanted, however many there are") {
  FilledOutbox box;
  constexpr std::int64_t entries = 1100;
  box.store.write([&](qb::store::Connection& c) {
    for (std::int64_t i = 1; i <= entries; ++i) {
      const std::string id = std::to_string(i);
      Outbox::record(c, FilledOutbox::event("e-" + id, "purchase_order/" + std::to_string(i % 3)),
                     false);
    }
  });
  box.store.write([&](qb::store::Connection& c) {
    for (std::int64_t i = 1; i <= entries; ++i) {
      if (i % 10 == 0) Outbox::block(c, i, {7});
      if (i % 10 > 2) Outbox::settle(c, i, "", FilledOutbox::noon);
    }
    Outbox::discard(c, 1, "", FilledOutbox::noon);
  });
  const Pages pages(box.store);
  const auto in_state = [&](State state) { return all_of(pages, {.state = state}); };
  CHECK(all_of(pages, {}).size() == entries);
  CHECK(all_of(pages, {.open_only = true}).size() == 329);
  CHECK(in_state(State::delivered).size() == 770);
  CHECK(in_state(State::blocked).size() == 110);
  CHECK(in_state(State::queued).size() == 219);
  CHECK(in_state(State::discarded) == Ids{1});
  CHECK(in_state(State::superseded).empty());
  CHECK(all_of(pages, {.subject = "purchase_order/1"}).size() == 367);
  CHECK(all_of(pages, {.open_only = true, .subject = "purchase_order/1"}).size() == 109);
  CHECK(all_of(pages, {.subject = "purchase_order/9"}).empty());

  Ids blocked;
  for (Ids ids = pages.blocked_by(7, 0); !ids.empty(); ids = pages.blocked_by(7, ids.back()))
    blocked.insert(blocked.end(), ids.begin(), ids.end());
  CHECK(blocked.size() == 110);
}

TEST_CASE("more open entries than are sorted at once are found all the same") {
  FilledOutbox box;
  constexpr std::int64_t entries = 5200;
  box.store.write([&](qb::store::Connection& c) {
    for (std::int64_t i = 1; i <= entries; ++i)
      Outbox::record(c, FilledOutbox::event("e-" + std::to_string(i), std::to_string(i)), false);
    Outbox::settle(c, 3, "", FilledOutbox::noon);
  });
  const Pages pages(box.store);
  CHECK(all_of(pages, {.open_only = true}).size() == entries - 1);
  CHECK(all_of(pages, {.state = State::delivered}) == Ids{3});
}

TEST_CASE("a row tells the attempts that were made, not the count that sets the pauses") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1"));
  for (int i = 0; i < 2; ++i)
    box.store.write([&](qb::store::Connection& c) {
      qb::outbox::Attempt attempt;
      attempt.entry_id = id;
      Outbox::append(c, attempt);
    });
  box.settle(id);
  const auto page = Pages(box.store).before({}, Pages::newest);
  REQUIRE(page.rows.size() == 1);
  CHECK(page.rows[0].attempts_made == 2);
  CHECK(page.rows[0].entry.attempts == 0);
}

TEST_CASE("an empty outbox has one empty page") {
  FilledOutbox box;
  const Pages pages(box.store);
  CHECK(all_of(pages, {}).empty());
  CHECK(all_of(pages, {.open_only = true}).empty());
  CHECK(all_of(pages, {.state = State::delivered}).empty());
}
