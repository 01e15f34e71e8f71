#include "outbox/entry.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace qb::outbox;

namespace {

erp::Event event_of(decltype(erp::Event::document) document) {
  erp::Event event;
  event.event_id = "e-1";
  event.document = std::move(document);
  return event;
}

erp::PurchaseOrder order() {
  erp::PurchaseOrder order;
  order.id = "1042";
  order.version = 7;
  return order;
}

} // namespace

TEST_CASE("an entry carries the version of an order and of the order that is cancelled") {
  erp::Event ordered = event_of(order());
  ordered.kind = erp::EventKind::po_ordered;
  const Entry entry = entry_of(ordered, 5);
  CHECK(entry.version == 7);
  CHECK(entry.event_id == "e-1");
  CHECK(entry.subject == "purchase_order/1042");
  CHECK(entry.due_at == 5);
  CHECK(entry.recorded_at == 5);
  CHECK(entry.snapshot.find("1042") != std::string::npos);

  erp::Cancellation cancellation;
  cancellation.order = order();
  erp::Event cancelled = event_of(cancellation);
  cancelled.kind = erp::EventKind::po_cancelled;
  CHECK(entry_of(cancelled, 5).version == 7);
  CHECK(entry_of(cancelled, 5).subject == "purchase_order/1042");
}

TEST_CASE("an entry of what has no versions has version zero") {
  erp::Part part;
  part.number = "820412-001";
  erp::Event saved = event_of(part);
  saved.kind = erp::EventKind::part_saved;
  CHECK(entry_of(saved, 5).version == 0);
}

TEST_CASE(
    "of equal versions what the host said counts more than what was derived, then the later") {
  Entry said, derived, later;
  said.id = 1, derived.id = 2, later.id = 3;
  said.version = derived.version = later.version = 1;
  derived.derived = true;
  CHECK(counts_more(said, derived));
  CHECK_FALSE(counts_more(derived, said));
  CHECK(counts_more(later, said));
  CHECK(newest_of({said, derived})->id == 1);
  CHECK(newest_of({said, derived, later})->id == 3);
  CHECK(newest_of({}) == nullptr);
  // Of what has no version, the later.
  said.version = derived.version = 0;
  CHECK(counts_more(derived, said));
}

TEST_CASE("each state and each cause is read by the name it is written with, and no other name") {
  for (const State state : all_states)
    CHECK(state_from(to_string(state)) == state);
  for (const Cause cause :
       {Cause::event, Cause::derived, Cause::retry, Cause::person, Cause::change, Cause::backfill})
    CHECK(cause_from(to_string(cause)) == cause);
  CHECK_THROWS_AS((void)state_from("done"), std::logic_error);
  CHECK_THROWS_AS((void)cause_from(""), std::logic_error);
}
