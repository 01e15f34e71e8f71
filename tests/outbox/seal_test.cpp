#include "filled_outbox.hpp"

using qb::outbox::Outbox;
using qb::outbox::Seal;
constexpr auto noon = FilledOutbox::noon;
constexpr auto minute = FilledOutbox::minute;

TEST_CASE("sealed bytes come back unchanged until the answer is known") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  Seal seal;
  seal.entry_id = id;
  seal.request_id = "0123456789abcdef";
  seal.company = "fingerprint";
  seal.path = "purchaseorder";
  seal.entity = "PurchaseOrder";
  seal.entity_id = "145";
  seal.body = std::string("{\"a\":\"\0\xC3\xA9\"}", 11);
  seal.plan_json = "{\"p\":1}";
  seal.sealed_at = noon;
  REQUIRE(box.write([&](auto& c) { return Outbox::seal(c, seal); }));
  CHECK(seal.id != 0);

  auto found = box.outbox.unanswered(id);
  REQUIRE(found);
  CHECK(found->id == seal.id);
  CHECK(found->body == seal.body);
  CHECK(found->request_id == seal.request_id);
  CHECK(found->company == "fingerprint");
  CHECK(found->path == "purchaseorder");
  CHECK(found->entity == "PurchaseOrder");
  CHECK(found->entity_id == "145");
  CHECK(found->plan_json == "{\"p\":1}");
  CHECK(found->sends == 0);

  for (int sends = 1; sends <= 3; ++sends) {
    REQUIRE(
        box.write([&](auto& c) { return Outbox::mark_sent(c, seal.id, noon + sends * minute); }));
    found = box.outbox.unanswered(id);
    REQUIRE(found);
    CHECK(found->sends == sends);
    CHECK(found->first_sent_at == noon + minute);
    CHECK(found->body == seal.body);
  }
  box.write([&](auto& c) {
    Outbox::answered(c, seal.id, noon);
    return true;
  });
  CHECK_FALSE(box.outbox.unanswered(id));
}

TEST_CASE("nothing may be sent for an entry that was superseded after it was sealed") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  Seal seal;
  seal.entry_id = id;
  seal.request_id = "r";
  REQUIRE(box.write([&](auto& c) { return Outbox::seal(c, seal); }));
  box.record(FilledOutbox::event("e-2", "purchase_order/1", 2));
  CHECK_FALSE(box.write([&](auto& c) { return Outbox::mark_sent(c, seal.id, noon); }));
  CHECK_FALSE(box.outbox.unanswered(id));
  CHECK(box.outbox.sends_since(0).empty());
}

TEST_CASE("a seal of which nothing was sent gives way, one in doubt does not") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  Seal seal;
  seal.entry_id = id;
  seal.request_id = "first";
  REQUIRE(box.write([&](auto& c) { return Outbox::seal(c, seal); }));
  seal.request_id = "second";
  REQUIRE(box.write([&](auto& c) { return Outbox::seal(c, seal); }));
  CHECK(box.outbox.unanswered(id)->request_id == "second");
  REQUIRE(box.write([&](auto& c) { return Outbox::mark_sent(c, seal.id, noon); }));
  seal.request_id = "third";
  CHECK_THROWS_AS(box.write([&](auto& c) { return Outbox::seal(c, seal); }), std::logic_error);
  CHECK(box.outbox.unanswered(id)->request_id == "second");
}

TEST_CASE("what was in doubt when its process ended is in doubt for the next one") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  const auto seal = box.send(id);
  box.write([](auto& c) {
    Outbox::reclaim_all(c, noon + minute);
    return true;
  });
  const auto found = box.outbox.unanswered(id);
  REQUIRE(found);
  CHECK(found->request_id == seal.request_id);
  CHECK(found->first_sent_at == noon);
}

TEST_CASE("a batch is found again whole, in its order, and counts as one request") {
  FilledOutbox box;
  Ids ids;
  for (int i = 0; i < 12; ++i)
    ids.push_back(box.record(
        FilledOutbox::event("e-" + std::to_string(i), "purchase_order/" + std::to_string(i), 1)));
  box.claim(noon, 30);
  box.store.write([&](auto& c) {
    for (int i = 11; i >= 0; --i) {
      Seal seal;
      seal.entry_id = ids[static_cast<std::size_t>(i)];
      seal.request_id = "batch-1";
      seal.batch_item = "b" + std::to_string(i + 1);
      seal.body = std::to_string(i);
      REQUIRE(Outbox::seal(c, seal));
      REQUIRE(Outbox::mark_sent(c, seal.id, noon + minute));
    }
  });
  const auto together = box.outbox.sealed_together("batch-1");
  REQUIRE(together.size() == 12);
  for (int i = 0; i < 12; ++i)
    CHECK(together[static_cast<std::size_t>(i)].body == std::to_string(i));
  CHECK(box.outbox.sends_since(noon).size() == 1);
  CHECK(box.outbox.batch_sends_since(noon).size() == 1);
}

TEST_CASE("a create that was answered at its second sending may still run from its first") {
  FilledOutbox box;
  const auto order = box.record(FilledOutbox::event("e-1", "purchase_order/1"));
  box.claim();
  Seal seal;
  seal.entry_id = order;
  seal.request_id = "r";
  seal.entity = "PurchaseOrder";
  REQUIRE(box.write([&](auto& c) { return Outbox::seal(c, seal); }));
  for (const auto sent_at : {noon, noon + minute}) {
    CHECK(box.outbox.last_doubtful_create_at("purchase_order/1", "PurchaseOrder") == 0);
    REQUIRE(box.write([&](auto& c) { return Outbox::mark_sent(c, seal.id, sent_at); }));
  }
  box.store.write([&](auto& c) {
    Outbox::last_send_ended(c, "r");
    Outbox::answered(c, seal.id, noon + minute);
    Outbox::settle(c, order, "created", noon + minute);
  });
  CHECK(box.outbox.last_doubtful_create_at("purchase_order/1", "PurchaseOrder") == noon);
  CHECK(box.outbox.last_doubtful_create_at("purchase_order/1", "Bill") == 0);
  CHECK(box.outbox.last_doubtful_create_at("purchase_order/2", "PurchaseOrder") == 0);
}

TEST_CASE("the times of sends survive for the pacer, those of an hour ago do not") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  box.claim();
  const auto seal = box.send(id);
  for (const auto at : {noon + minute, noon + 59 * minute, noon + 61 * minute})
    REQUIRE(box.write([&](auto& c) { return Outbox::mark_sent(c, seal.id, at); }));
  using Times = std::vector<erp::Instant>;
  CHECK(box.outbox.sends_since(0) == Times{noon + minute, noon + 59 * minute, noon + 61 * minute});
  CHECK(box.outbox.sends_since(noon + 60 * minute) == Times{noon + 61 * minute});
  CHECK(box.outbox.batch_sends_since(0).empty());
}

TEST_CASE("the history of a document keeps every attempt in order") {
  FilledOutbox box;
  const auto id = box.record(FilledOutbox::event("e-1", "purchase_order/1", 1));
  qb::outbox::Attempt attempt{id,  noon, 120, "event", "r",        "throttled",
                              429, "",   "",  "waits", "slow down"};
  box.store.write([&](auto& c) {
    Outbox::append(c, attempt);
    attempt.cause = "retry";
    attempt.http_status = 200;
    attempt.intuit_tid = "1-abc";
    Outbox::append(c, attempt);
  });
  const auto attempts = box.outbox.attempts_of(id);
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].cause == "event");
  CHECK(attempts[0].http_status == 429);
  CHECK(attempts[0].words == "slow down");
  CHECK(attempts[0].duration_ms == 120);
  CHECK(attempts[1].intuit_tid == "1-abc");
}
