#include "scene.hpp"

using namespace qb;

namespace {

std::vector<std::int64_t> one_or_many(Scene& scene, bool many) {
  if (many) return backlog(scene);
  acceptance::Order order = acceptance::order_numbered("1042");
  order.fees = {acceptance::Fee()};
  return {scene.record(order)};
}

} // namespace

TEST_CASE(
    "what is sent again goes out under its id and byte for byte, whatever was set meanwhile") {
  Scene scene;
  bool many = false;
  SUBCASE("alone") {}
  SUBCASE("in a batch") {
    many = true;
  }
  one_or_many(scene, many);
  scene.run(); // lost
  scene.put(qbo::Entity::account, "Freight", "Expense");
  scene.settings.fees_account = "Freight";
  scene.now += 10 * second_us;
  scene.run();
  REQUIRE(scene.company.arrived.size() == 2);
  CHECK(scene.company.arrived[1] == scene.company.arrived[0]);
  CHECK(scene.company.bodies[1] == scene.company.bodies[0]);
}

TEST_CASE("who is killed while an answer is awaited has a send in doubt") {
  Scene scene;
  bool many = false;
  SUBCASE("alone") {}
  SUBCASE("in a batch") {
    many = true;
  }
  const auto ids = one_or_many(scene, many);
  scene.company.answer = [](const std::string&) -> company::Reply { throw Killed{}; };
  CHECK_THROWS_AS(scene.run(), Killed);
  for (const std::int64_t id : ids)
    CHECK(scene.is_in_doubt(id));
}

TEST_CASE("what has been in doubt for long is looked up before it is sent again") {
  Scene scene;
  scene.record(acceptance::order_numbered("1042"));
  scene.company.answer = [](const std::string&) -> company::Reply { throw Killed{}; };
  CHECK_THROWS_AS(scene.run(), Killed);
  bool long_ago = false;
  SUBCASE("a moment ago") {
    scene.now += second_us;
  }
  SUBCASE("long ago") {
    long_ago = true;
    scene.now += delivery::reconcile_after_us + second_us;
  }
  SUBCASE("nobody knows when, for the clock was set back") {
    long_ago = true;
    scene.now -= 60 * second_us;
  }
  scene.start_anew();
  CHECK_THROWS_AS(scene.run(), Killed);
  CHECK(scene.company.arrived.size() == 2);
  CHECK(scene.company.readings == (long_ago ? 1 : 0));
}

TEST_CASE("what is in doubt in one company never goes to another") {
  Scene scene;
  const auto id = scene.record(acceptance::order_numbered("1042"));
  scene.run(); // lost
  scene.now += 10 * second_us;
  delivery::Delivery moved(scene.store, scene.company, scene.settings,
                           scene.surroundings("another company"));
  moved.deliver_all(scene.claim(), [] { return true; });
  CHECK(scene.company.arrived.size() == 1);
  CHECK(scene.state(id) == outbox::State::blocked);
  CHECK(scene.is_in_doubt(id));
}
