#include "scene.hpp"

using namespace qb;

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
