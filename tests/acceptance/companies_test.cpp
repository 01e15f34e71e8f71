#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

TEST_CASE("only the company that was asked for is connected") {
  World world({.connected = false});
  const std::string nothing = standing(world);
  fails_and_says(try_connect(world, {"--company", "Saltmarsh Instruments (fictional)"}),
                 {"Larkfield", "Saltmarsh", "Nothing has changed"});
  CHECK(standing(world) == nothing);
  world.connect({"--company", "Larkfield Fabrication (fictional)"});
  const std::string before = standing(world);
  CHECK(world.run_json({"status"})["company"]["name"].text() ==
        "Larkfield Fabrication (fictional)");

  // By mistake again, now with something to lose.
  fails_and_says(try_connect(world, {"--company", "Saltmarsh Instruments (fictional)"}),
                 {"Larkfield", "Saltmarsh", "Nothing has changed"});
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("the same company can be connected again, and nothing is lost on the way") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  const std::size_t links = world.run_json({"links", "list"}).size();
  world.connect();
  CHECK(world.run_json({"links", "list"}).size() == links);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  still_works(world);
}

TEST_CASE("a connection whose company cannot be asked for its name keeps what it had") {
  World world;
  world.fault(R"({"path":"companyinfo/*","action":"cut","times":0})");
  const auto result = try_connect(world);
  world.control("DELETE", "faults");
  // Renewed or not: the company is the same, and what is there works.
  CAPTURE(result.err);
  CHECK(world.run_json({"status"})["company"]["name"].text() ==
        "Larkfield Fabrication (fictional)");
  still_works(world);
}

TEST_CASE("another company is taken only on purpose, and only when nothing waits") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  const std::string before = standing(world);
  consent(world, "connect", "Saltmarsh");
  fails_and_says(try_connect(world), {"another QuickBooks company", "Nothing has changed"});
  CHECK(standing(world) == before);
  consent(world, "connect", "Larkfield");
  still_works(world);
  consent(world, "connect", "Saltmarsh");

  // Something waits: not even on purpose.
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  const std::string waiting = standing(world);
  fails_and_says(try_connect(world, {"--switch-company"}), {"1 document", "Nothing has changed"});
  CHECK(standing(world) == waiting);
  // Something is held up by an issue: the same.
  Order coded = order_numbered("1044");
  coded.lines[0].part = std::nullopt;
  coded.lines[0].expense_code = "Nothing of the kind";
  CHECK(world.emit(po_ordered("e-3", coded)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  fails_and_says(try_connect(world, {"--switch-company"}), {"1 document", "Nothing has changed"});

  world.must({"run", "quickbooks", "outbox", "discard", "--all", "--reason", "we move"});
  world.connect({"--switch-company"});
  const Json status = world.run_json({"status"});
  CHECK(has(status["company"]["name"].text(), "Saltmarsh"));
  CHECK(world.run_json({"links", "list"}).size() == 0); // those were the other company's
  const std::size_t in_the_former = world.count("PurchaseOrder");
  world.deliver(po_ordered("e-4", order_numbered("5042")));
  CHECK(world.count("PurchaseOrder") == in_the_former);
  bool found = false;
  for (const Json& order : world.control("GET", "companies/" + status["company"]["id"].text() +
                                                    "/objects?entity=PurchaseOrder"))
    found = found || order["DocNumber"].text() == "5042";
  CHECK(found);
}
