#pragma once

#include "acceptance/orders.hpp"
#include "delivery/deliver.hpp"
#include "delivery/tuning.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/pages.hpp"
#include "process/temporary_folder.hpp"

#include <doctest/doctest.h>

namespace qb {

using outbox::Outbox;
using verdict::OutcomeKind;

constexpr erp::Instant second_us = 1'000'000;
constexpr erp::Instant noon = 1'800'000'000 * second_us;

struct Killed {}; // as a kill would, nothing catches it on the way

// QuickBooks at the end of a long line: each call waits first, as for its turn or a token.
struct FarCompany final : company::Company {
  std::function<void()> waiting = [] {};
  std::function<company::Reply(const std::string& request_id)> answer = [](const std::string&) {
    return company::Reply{}; // lost
  };
  std::vector<std::string> arrived; // request ids of writings
  std::vector<std::string> bodies;  // what they said
  int readings = 0;

  using Company::call;
  company::Reply call(const qbo::Request& request, const std::string& request_id,
                      const company::Leaving& leaving) override {
    company::Reply reply;
    if (request.method == qbo::Method::get) { // nothing is found
      ++readings;
      reply.outcome.kind = OutcomeKind::accepted;
      reply.outcome.http_status = 200;
      reply.answer = *qbo::read(R"({"QueryResponse":{}})");
      return reply;
    }
    waiting();
    if (!leaving()) {
      reply.withheld = true;
      return reply;
    }
    arrived.push_back(request_id);
    bodies.push_back(request.body);
    return answer(request_id);
  }
};

inline company::Reply refusal() {
  company::Reply reply;
  reply.outcome.kind = OutcomeKind::rejected;
  reply.outcome.http_status = 400;
  reply.outcome.fault = qbo::Fault{"ValidationFault", {{"2020", "Required", "Missing", ""}}};
  return reply;
}

inline settings::Settings usual_settings() {
  settings::Settings settings;
  settings.ap_account = "Accounts Payable (A/P)";
  settings.income_account = "Sales of Product Income";
  settings.inventory_asset_account = "Inventory Asset";
  settings.inventory_expense_account = "Cost of Goods Sold";
  settings.fees_account = "Shipping and Delivery";
  return settings;
}

// A plugin's rooms, a company that is far away, and a clock that the test sets.
struct Scene {
  process::TemporaryFolder folder;
  store::Database store{(folder / "a.db").string()};
  Outbox outbox{store};
  erp::Instant now = noon;
  settings::Settings settings = usual_settings();
  FarCompany company;
  int known_count = 0;
  delivery::Delivery delivery{store, company, settings, surroundings()};

  Scene() {
    put(qbo::Entity::account, "Accounts Payable (A/P)", "Accounts Payable");
    put(qbo::Entity::account, "Sales of Product Income", "Income");
    put(qbo::Entity::account, "Inventory Asset", "Other Current Asset");
    put(qbo::Entity::account, "Cost of Goods Sold", "Cost of Goods Sold");
    put(qbo::Entity::account, "Shipping and Delivery", "Expense");
    put(qbo::Entity::vendor, "Hicks Hardware", "");
    put(qbo::Entity::item, "300500 Rev A", "Inventory");
  }

  void put(qbo::Entity entity, const std::string& name, const std::string& kind) {
    qbo::Known known;
    known.entity = entity;
    known.id = std::to_string(++known_count);
    known.name = known.full_name = name;
    known.kind = kind;
    store.write([&](store::Connection& db) { directory::Directory::put(db, known); });
  }
  delivery::Surroundings surroundings(const std::string& of_company = "the company") {
    return {[this] { return now; },
            [] { return 0; },
            of_company,
            0,
            [](const verdict::IssueWords&) {},
            [](const std::string&) {}};
  }
  std::int64_t record(const acceptance::Order& order) {
    const auto event = erp::event_from_json(acceptance::po_ordered("e-" + order.id, order));
    REQUIRE(event);
    REQUIRE(outbox.record(outbox::entry_of(*event, now), true) == outbox::Recorded::fresh);
    return outbox::Pages(store).before({}, outbox::Pages::newest).rows.front().entry.id;
  }
  std::vector<outbox::Entry> claim() {
    std::vector<outbox::Entry> entries;
    store.write([&](store::Connection& db) {
      entries = Outbox::claim(db, now, now + delivery::lease_us, delivery::claim_count_max);
    });
    return entries;
  }
  // What the process before had claimed when it was killed.
  void start_anew() {
    store.write([&](store::Connection& db) { Outbox::reclaim_all(db, now); });
  }
  void run() {
    delivery.deliver_all(claim(), [] { return true; });
  }
  void discard(std::int64_t id) {
    store.write([&](store::Connection& db) { REQUIRE(Outbox::discard(db, id, "by hand", now)); });
  }
  outbox::State state(std::int64_t id) { return outbox.find(id)->state; }
  bool is_in_doubt(std::int64_t id) {
    const auto seal = outbox.unanswered(id);
    return seal && seal->first_sent_at != 0;
  }
};

inline std::vector<std::int64_t> backlog(Scene& scene) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < delivery::batch_count_min + 1; ++i)
    ids.push_back(scene.record(acceptance::order_numbered(std::to_string(6000 + i))));
  return ids;
}

} // namespace qb
