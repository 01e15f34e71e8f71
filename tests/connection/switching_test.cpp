#include "connection/home.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

using namespace acceptance;

namespace {

// A person says yes in the browser while the test does something else.
class Browser {
 public:
  Browser(const World& world, const std::string& address)
      : thread_([ca = world.ca_file(), address] { Client(ca).browse(address); }) {}
  ~Browser() { thread_.join(); }

 private:
  std::thread thread_;
};

bool was_asked_for(const World& world, const std::string& path) {
  for (const Json& request : world.control("GET", "requests"))
    if (has(request["path"].text(), path)) return true;
  return false;
}

} // namespace

TEST_CASE("an order that is saved while somebody moves to another company never reaches it") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  consent(world, "connect", "Saltmarsh");
  world.control("DELETE", "requests");
  // The new company takes its time to say its name; the order comes then.
  world.fault(R"({"path":"companyinfo/*","action":"delay","ms":1500})");
  process::Running moving =
      world.start_host({"connect", "quickbooks", "--switch-company", "--timeout", "30"});
  const auto address = moving.next_line();
  REQUIRE(address);
  const Browser browser(world, *address);
  while (!was_asked_for(world, "/oauth2/v1/tokens/bearer"))
    REQUIRE_FALSE(moving.has_ended());
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  const auto result = moving.wait();
  fails_and_says(result, {"1 document", "purchase order 1043", "Nothing has changed"});
  CHECK(has(world.run_json({"status"})["company"]["name"].text(), "Larkfield"));
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  everything_is_out(world);
}

TEST_CASE("a move to another company that is killed leaves the one or the other, whole") {
  int moved = 0, stayed = 0;
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    World world;
    world.deliver(po_ordered("e-1", order_numbered("1042")));
    const std::size_t links = world.run_json({"links", "list"}).size();
    REQUIRE(links > 0);
    consent(world, "connect", "Saltmarsh");
    world.control("DELETE", "requests");
    process::Running moving =
        world.start_host({"connect", "quickbooks", "--switch-company", "--timeout", "30"});
    const auto address = moving.next_line();
    REQUIRE(address);
    {
      const Browser browser(world, *address);
      while (!was_asked_for(world, "companyinfo"))
        REQUIRE_FALSE(moving.has_ended());
      std::this_thread::sleep_for(std::chrono::milliseconds(6 * round));
      moving.kill_hard();
      moving.wait();
    }
    const Json status = world.run_json({"status"});
    const bool is_other = has(status["company"]["name"].text(), "Saltmarsh");
    (is_other ? moved : stayed) += 1;
    CHECK(status["reconnect_needed"].text() == "false");
    CHECK(world.run_json({"links", "list"}).size() == (is_other ? 0 : links));
    world.deliver(po_ordered("e-2", order_numbered("1043")));
    CHECK(world.count("PurchaseOrder") == (is_other ? 1 : 2));
  }
  MESSAGE(moved, " moved, ", stayed, " stayed");
}
