#include "filled_outbox.hpp"
#include "inbox/inbox.hpp"

using qb::inbox::Inbox;
using qb::outbox::Cause;
using qb::outbox::Outbox;
using State = qb::outbox::State;
constexpr auto noon = FilledOutbox::noon;

namespace {

std::int64_t raise(FilledOutbox& box, const std::string& cause) {
  qb::verdict::IssueWords words;
  words.cause = cause;
  return box.write([&](auto& c) { return Inbox::raise(c, words, noon); });
}

Ids resolve_orphans(FilledOutbox& box) {
  return box.write([](auto& c) { return Inbox::resolve_orphans(c, "the cause is gone", noon); });
}

} // namespace

TEST_CASE("an entry may be held up by several issues and is seen under each") {
  FilledOutbox box;
  const auto order = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1, "10"));
  const auto account = raise(box, "account"), klass = raise(box, "class");
  box.claim();
  REQUIRE(box.block(order, {account, klass}));
  CHECK(box.entry(order).issue_id == account);
  CHECK(box.blocked_by(account) == Ids{order});
  CHECK(box.blocked_by(klass) == Ids{order});
  CHECK(box.outbox.sums_of_issue(klass).at(0).amount == erp::Decimal(10));
  CHECK(resolve_orphans(box).empty());

  CHECK(box.write([&](auto& c) { return Outbox::unblock(c, klass, Cause::change, noon); }) == 1);
  CHECK(box.state(order) == State::queued);
  CHECK(box.claim() == Ids{order});
  REQUIRE(box.block(order, {account}));
  CHECK(resolve_orphans(box) == Ids{klass});
  CHECK(box.blocked_by(klass).empty());
  CHECK(box.settle(order));
  CHECK(resolve_orphans(box) == Ids{account});
}

TEST_CASE("unblocking lets the documents go out at once, with a new count of attempts") {
  FilledOutbox box;
  const auto first = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  const auto second = box.record(FilledOutbox::event("e-2", "purchase_order/2", 1));
  const auto other = box.record(FilledOutbox::event("e-3", "purchase_order/3", 1));
  box.claim();
  box.write([&](auto& c) { return Outbox::release(c, first, noon, true); });
  box.claim();
  box.block(first, {1});
  box.block(second, {1});
  box.block(other, {2});
  CHECK(box.claim().empty());
  CHECK(box.write([&](auto& c) { return Outbox::unblock(c, 1, Cause::change, noon); }) == 2);
  CHECK(box.claim() == Ids{first, second});
  CHECK(box.entry(first).attempts == 0);
  CHECK(box.write([&](auto& c) { return Outbox::unblock(c, 1, Cause::change, noon); }) == 0);
}

TEST_CASE("an issue shows the documents and the money it holds up, also of those that wait") {
  FilledOutbox box;
  const auto part = box.record(FilledOutbox::event("e-1", "part/P-1"));
  const auto order = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1, "136.7415"));
  auto euro = FilledOutbox::event("e-3", "purchase_order/2", 1, "0.10");
  euro.currency = "EUR";
  const auto order_in_euro = box.record(euro);
  const auto receipt = box.record(FilledOutbox::event("e-4", "receipt/R-1", 0, "0.0085"), false);
  box.record(FilledOutbox::event("e-5", "purchase_order/9", 1, "1000"));
  box.claim();
  box.wait_for(receipt, order);
  box.wait_for(order, part);
  REQUIRE(box.block(part, {5}));
  REQUIRE(box.block(order_in_euro, {5}));
  CHECK(box.outbox.subjects_of_issue(5) == std::vector<std::string>{"part/P-1", "purchase_order/1",
                                                                    "purchase_order/2",
                                                                    "receipt/R-1"});
  const auto sums = box.outbox.sums_of_issue(5);
  REQUIRE(sums.size() == 2);
  CHECK(sums[0].currency == "EUR");
  CHECK(sums[0].amount.to_string() == "0.10");
  CHECK(sums[1].currency == "USD");
  CHECK(sums[1].amount.to_string() == "136.7500");
  CHECK(box.outbox.sums_of_issue(6).empty());
}

TEST_CASE("trouble with the company as a whole holds up all that is not blocked already") {
  FilledOutbox box;
  const auto blocked = box.record(FilledOutbox::event("e-1", "part/P-1"));
  const auto behind = box.record(FilledOutbox::event("e-2", "purchase_order/1", 1, "10"));
  const auto part = box.record(FilledOutbox::event("e-3", "part/P-2"));
  const auto waiting = box.record(FilledOutbox::event("e-4", "purchase_order/2", 1, "2.50"));
  const auto done = box.record(FilledOutbox::event("e-5", "purchase_order/3", 1, "1"));
  box.record(FilledOutbox::event("e-6", "purchase_order/4", 1, "0.25"));
  box.claim();
  box.wait_for(behind, blocked);
  box.block(blocked, {1});
  box.wait_for(waiting, part);
  box.settle(done);
  CHECK(box.outbox.subjects_waiting() ==
        std::vector<std::string>{"part/P-2", "purchase_order/2", "purchase_order/4"});
  const auto sums = box.outbox.sums_waiting();
  REQUIRE(sums.size() == 1);
  CHECK(sums[0].amount.to_string() == "2.75");
}

TEST_CASE("a sum too long for one number is two exact ones, never a rounded one") {
  FilledOutbox box;
  const auto large = box.record(FilledOutbox::event("e-1", "a/1", 0, "9000000000000000000"));
  const auto small = box.record(FilledOutbox::event("e-2", "a/2", 0, "0.000000000000000001"));
  const auto tiny = box.record(FilledOutbox::event("e-3", "a/3", 0, "0.000000000000000002"));
  for (const auto id : {large, small, tiny})
    REQUIRE(box.block(id, {1}));
  const auto sums = box.outbox.sums_of_issue(1);
  REQUIRE(sums.size() == 2);
  CHECK(sums[0].amount.to_string() == "9000000000000000000");
  CHECK(sums[1].amount.to_string() == "0.000000000000000003");
}
