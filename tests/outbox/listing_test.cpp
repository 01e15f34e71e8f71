#include "filled_outbox.hpp"
#include "outbox/company.hpp"

using qb::outbox::Attempt;
using qb::outbox::Outbox;
using qb::outbox::Seal;
using qb::outbox::State;
constexpr auto noon = FilledOutbox::noon;

namespace {

FilledOutbox::Entry receipt(const std::string& number, const std::string& order) {
  auto entry = FilledOutbox::event("e-" + number, "receipt/" + number);
  entry.ordering_key = order;
  return entry;
}

FilledOutbox::Entry corrected(FilledOutbox::Entry entry) {
  entry.event_id += "-corrected";
  return entry;
}

void remember_send(FilledOutbox& box, const Seal& seal) {
  Attempt attempt;
  attempt.entry_id = seal.entry_id;
  attempt.started_at = noon;
  attempt.cause = "event";
  attempt.request_id = seal.request_id;
  attempt.outcome = "lost";
  attempt.verdict = "waits";
  box.store.write([&](auto& c) { Outbox::append(c, attempt); });
}

} // namespace

TEST_CASE("of a subject's entries the one of the highest version says how it stands") {
  FilledOutbox box;
  box.record(FilledOutbox::event("e-1", "purchase_order/1", 3));
  const auto newest = [&](const std::string& subject) {
    std::optional<FilledOutbox::Entry> found;
    box.store.read([&](auto& c) { found = Outbox::newest_of(c, subject); });
    return found;
  };
  REQUIRE(newest("purchase_order/1"));
  CHECK(newest("purchase_order/1")->event_id == "e-1");
  auto late = FilledOutbox::event("e-2", "purchase_order/1", 2);
  REQUIRE(box.outbox.record(late, true) == qb::outbox::Recorded::fresh);
  CHECK(newest("purchase_order/1")->event_id == "e-1");
  CHECK_FALSE(newest("purchase_order/2"));
}

TEST_CASE("what came before in the same row of another subject is found while it is open") {
  FilledOutbox box;
  auto order = FilledOutbox::event("e-1", "purchase_order/1", 1);
  order.ordering_key = "purchase_order/1";
  const auto first = box.record(order);
  const auto second = box.record(receipt("7", "purchase_order/1"));
  const auto other = box.record(receipt("8", "purchase_order/2"));
  const auto before = box.outbox.open_before(box.entry(second));
  REQUIRE(before);
  CHECK(before->id == first);
  CHECK_FALSE(box.outbox.open_before(box.entry(first)));
  CHECK_FALSE(box.outbox.open_before(box.entry(other)));
  box.claim();
  REQUIRE(box.settle(first));
  CHECK_FALSE(box.outbox.open_before(box.entry(second)));
}

TEST_CASE("who waits for an entry is told, and nobody waits for entry number zero") {
  FilledOutbox box;
  const auto item = box.record(FilledOutbox::event("e-1", "part/P-1"));
  const auto order = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1));
  box.claim();
  REQUIRE(box.wait_for(order, item));
  REQUIRE(box.outbox.waiting_for(item).size() == 1);
  CHECK(box.outbox.waiting_for(item)[0].id == order);
  CHECK(box.outbox.waiting_for(order).empty());
  CHECK(box.outbox.waiting_for(0).empty());
}

TEST_CASE("the oldest open entry of a subject is found until all of it is closed") {
  FilledOutbox box;
  const auto first = box.record(receipt("7", "purchase_order/1"));
  const auto second = box.record(corrected(receipt("7", "purchase_order/1")), false);
  REQUIRE(box.outbox.open_entry_of("receipt/7"));
  CHECK(box.outbox.open_entry_of("receipt/7")->id == first);
  box.claim();
  REQUIRE(box.settle(first));
  CHECK(box.outbox.open_entry_of("receipt/7")->id == second);
  box.claim();
  REQUIRE(box.settle(second));
  CHECK_FALSE(box.outbox.open_entry_of("receipt/7"));
  CHECK(box.outbox.of_subject("receipt/7").size() == 2);
}

TEST_CASE("the company of an entry's last send is told, and by its new name after it got one") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  CHECK(box.outbox.last_company_of(id).empty());
  box.claim();
  const Seal seal = box.send(id, "r", "former");
  CHECK(box.outbox.last_company_of(id).empty()); // on its way
  remember_send(box, seal);
  CHECK(box.outbox.last_company_of(id) == "former");
  box.store.write([](auto& c) { qb::outbox::rename_company(c, "former", "latter"); });
  box.store.write([](auto& c) { qb::outbox::rename_company(c, "somebody", "else"); });
  CHECK(box.outbox.last_company_of(id) == "latter");
  CHECK(box.outbox.unanswered(id)->company == "latter");
}

TEST_CASE("what is open is counted, and the first subjects named, each once") {
  FilledOutbox box;
  const auto open = [&] {
    return box.write([](auto& c) { return qb::outbox::open_entries(c, 2); });
  };
  CHECK(open().count == 0);
  CHECK(open().first_subjects.empty());
  box.record(receipt("7", "purchase_order/1"));
  box.record(corrected(receipt("7", "purchase_order/1")), false);
  const auto order = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1));
  const auto blocked = box.record(FilledOutbox::event("e-3", "purchase_order/2", 1));
  box.claim();
  REQUIRE(box.block(blocked, {5}));
  CHECK(open().count == 4);
  CHECK(open().first_subjects == std::vector<std::string>{"receipt/7", "purchase_order/1"});
  REQUIRE(box.settle(order));
  CHECK(open().count == 3);
}
