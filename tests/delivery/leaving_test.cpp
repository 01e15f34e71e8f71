#include "acceptance/orders.hpp"
#include "delivery/deliver.hpp"
#include "delivery/tuning.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/pages.hpp"
#include "process/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace qb;
using outbox::Outbox;
using verdict::OutcomeKind;

namespace {

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

  using Company::call;
  company::Reply call(const qbo::Request& request, const std::string& request_id,
                      const company::Leaving& leaving) override {
    company::Reply reply;
    if (request.method == qbo::Method::get) { // nothing is found
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
    return answer(request_id);
  }
};

company::Reply refusal() {
  company::Reply reply;
  reply.outcome.kind = OutcomeKind::rejected;
  reply.outcome.http_status = 400;
  reply.outcome.fault = qbo::Fault{"ValidationFault", {{"2020", "Required", "Missing", ""}}};
  return reply;
}

settings::Settings usual_settings() {
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
  delivery::Delivery delivery{store, company, settings, surroundings()};

  Scene() {
    int id = 0;
    const auto put = [&](qbo::Entity entity, const std::string& name, const std::string& kind) {
      qbo::Known known;
      known.entity = entity;
      known.id = std::to_string(++id);
      known.name = known.full_name = name;
      known.kind = kind;
      store.write([&](store::Connection& db) { directory::Directory::put(db, known); });
    };
    put(qbo::Entity::account, "Accounts Payable (A/P)", "Accounts Payable");
    put(qbo::Entity::account, "Sales of Product Income", "Income");
    put(qbo::Entity::account, "Inventory Asset", "Other Current Asset");
    put(qbo::Entity::account, "Cost of Goods Sold", "Cost of Goods Sold");
    put(qbo::Entity::account, "Shipping and Delivery", "Expense");
    put(qbo::Entity::vendor, "Hicks Hardware", "");
    put(qbo::Entity::item, "300500 Rev A", "Inventory");
  }

  delivery::Surroundings surroundings() {
    return {[this] { return now; },
            [] { return 0; },
            "the company",
            0,
            [](const verdict::IssueWords&) {},
            [](const std::string&) {}};
  }
  std::int64_t record(const acceptance::Order& order) {
    const auto event = erp::event_from_json(acceptance::po_ordered("e-" + order.id, order));
    REQUIRE(event);
    outbox::Entry entry;
    entry.event_id = event->event_id;
    entry.kind = erp::to_string(event->kind);
    entry.subject = erp::subject_of(*event);
    entry.version = order.version;
    entry.snapshot = erp::to_json(*event);
    entry.due_at = entry.recorded_at = now;
    REQUIRE(outbox.record(entry, true) == outbox::Recorded::fresh);
    return outbox::Pages(store).before({}, outbox::Pages::newest).rows.front().entry.id;
  }
  std::vector<outbox::Entry> claim() {
    std::vector<outbox::Entry> entries;
    store.write([&](store::Connection& db) {
      entries = Outbox::claim(db, now, now + delivery::lease_us, delivery::claim_count_max);
    });
    return entries;
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

std::vector<std::int64_t> backlog(Scene& scene) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < delivery::batch_count_min + 1; ++i)
    ids.push_back(scene.record(acceptance::order_numbered(std::to_string(6000 + i))));
  return ids;
}

} // namespace

TEST_CASE("a document is noted as sent when it leaves, not when it asks for its turn") {
  Scene scene;
  std::vector<std::int64_t> ids;
  SUBCASE("alone") {
    ids = {scene.record(acceptance::order_numbered("1042"))};
  }
  SUBCASE("in a batch") {
    ids = backlog(scene);
  }
  scene.company.waiting = [&] {
    for (const std::int64_t id : ids)
      CHECK_FALSE(scene.is_in_doubt(id));
    CHECK(scene.outbox.sends_since(0).empty());
    scene.now += 50 * second_us;
  };
  scene.run();
  REQUIRE(scene.company.arrived.size() == 1);
  CHECK(scene.outbox.last_doubtful_send_at(scene.company.arrived[0]) == noon + 50 * second_us);
  for (const std::int64_t id : ids) {
    REQUIRE(scene.is_in_doubt(id));
    CHECK(scene.outbox.unanswered(id)->first_sent_at == noon + 50 * second_us);
  }
}

TEST_CASE("who is killed while a document waits for its turn has not sent it") {
  Scene scene;
  std::vector<std::int64_t> ids;
  SUBCASE("alone") {
    ids = {scene.record(acceptance::order_numbered("1042"))};
  }
  SUBCASE("in a batch") {
    ids = backlog(scene);
  }
  scene.company.waiting = [] { throw Killed{}; };
  CHECK_THROWS_AS(scene.run(), Killed);
  for (const std::int64_t id : ids)
    CHECK_FALSE(scene.is_in_doubt(id));
  CHECK(scene.outbox.sends_since(0).empty());
}

TEST_CASE("a document that is discarded while it waits for its turn does not leave") {
  Scene scene;
  const auto id = scene.record(acceptance::order_numbered("1042"));
  scene.company.waiting = [&] { scene.discard(id); };
  scene.run();
  CHECK(scene.company.arrived.empty());
  CHECK(scene.state(id) == outbox::State::discarded);
  CHECK(scene.outbox.sends_since(0).empty());
}

TEST_CASE("a batch of which one document is discarded while it waits leaves without that one") {
  Scene scene;
  const auto ids = backlog(scene);
  scene.company.waiting = [&] {
    if (scene.state(ids[3]) != outbox::State::discarded) scene.discard(ids[3]);
  };
  scene.run();
  CHECK(scene.company.arrived.empty());
  CHECK(scene.outbox.sends_since(0).empty());
  scene.run();
  CHECK(scene.company.arrived.size() == 1);
  for (const std::int64_t id : ids)
    CHECK(scene.is_in_doubt(id) == (id != ids[3]));
  CHECK(scene.state(ids[3]) == outbox::State::discarded);
}

TEST_CASE("a refusal proves nothing while any earlier call of unknown outcome may still run") {
  Scene scene;
  const auto id = scene.record(acceptance::order_numbered("1042"));
  scene.run(); // lost
  scene.now = noon + 100 * second_us;
  scene.run(); // lost again
  REQUIRE(scene.company.arrived.size() == 2);
  const erp::Instant doubtful = scene.now;
  scene.company.answer = [](const std::string&) { return refusal(); };
  // The first call is over by now, the second perhaps not.
  scene.now = noon + delivery::call_runs_max_us + second_us;
  scene.run();
  REQUIRE(scene.company.arrived.size() == 3);
  CHECK(scene.is_in_doubt(id));
  CHECK(scene.outbox.find(id)->due_at == doubtful + delivery::call_runs_max_us);
  // Refusals do not put it off any longer.
  scene.now = doubtful + delivery::call_runs_max_us;
  scene.run();
  CHECK(scene.company.arrived.size() == 4);
  CHECK(scene.state(id) == outbox::State::blocked);
  CHECK_FALSE(scene.is_in_doubt(id));
  CHECK(scene.company.arrived[3] == scene.company.arrived[0]);
}

TEST_CASE(
    "what is left of a lost batch goes out when its call is over, without what was discarded") {
  Scene scene;
  const auto ids = backlog(scene);
  scene.run(); // lost
  REQUIRE(scene.company.arrived.size() == 1);
  scene.discard(ids[3]);
  // Nothing is found, and the call may still run.
  scene.now = noon + 60 * second_us;
  scene.run();
  CHECK(scene.company.arrived.size() == 1);
  for (const std::int64_t id : ids)
    CHECK(scene.is_in_doubt(id) == (id != ids[3]));
  scene.now = noon + delivery::call_runs_max_us;
  scene.run();
  CHECK(scene.company.arrived.size() == ids.size()); // the first, and each but one alone
  for (const std::int64_t id : ids)
    CHECK(scene.is_in_doubt(id) == (id != ids[3]));
  CHECK(scene.state(ids[3]) == outbox::State::discarded);
}
