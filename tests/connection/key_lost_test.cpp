#include "connection/home.hpp"
#include "home/folders.hpp"
#include "secrets/secret_store.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

// All secrets of the host go; the app's is entered again.
void lose_the_secrets(const World& world) {
  std::filesystem::remove_all(world.home() / "secrets");
  std::filesystem::remove(world.home() / "secrets.key");
  world.must({"settings", "set", "quickbooks", "client_secret=-"},
             world.control("GET", "app")["client_secret"].text() + "\n");
}

} // namespace

TEST_CASE(
    "after the vault's key is lost the same company is connected again and all goes out once") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  // One whose answer is lost, and one that was not tried yet.
  world.fault(R"({"method":"POST","path":"purchaseorder","action":"lost_answer","times":0})");
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  CHECK(world.drain(1).exit_code == 3);
  world.control("DELETE", "faults");
  CHECK(world.emit(po_ordered("e-3", order_numbered("1044"))).exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);

  lose_the_secrets(world);
  const Json status = world.run_json({"status"});
  CHECK(status["connected"].text() == "false");
  CHECK(status["reconnect_needed"].text() == "true");
  CHECK(status["waiting"].integer() == 2);
  CHECK(has(world.host({"run", "quickbooks", "status"}).out, "must be renewed"));
  const auto drained = world.drain(5);
  CHECK(drained.exit_code == 4);
  CHECK(has(drained.err, "cannot be opened"));
  CHECK(has(notices(world).dump(), "cannot be opened"));
  REQUIRE(world.open_issues().size() == 1);
  reads_plainly(world.open_issues().at(0));

  // Another company is another one still.
  consent(world, "connect", "Saltmarsh");
  fails_and_says(try_connect(world), {"another QuickBooks company", "Nothing has changed"});
  consent(world, "connect", "Larkfield");
  world.connect();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 3);
  for (const char* number : {"1042", "1043", "1044"})
    CHECK(world.purchase_order(number)["SyncToken"].text() == "0");
  everything_is_out(world);
}

TEST_CASE("a damaged key of the vault is put aside, and the same company is connected again") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  const auto secrets = [&] {
    auto store =
        host::secrets::SecretStore::open(*host::home::open_home(world.home()), "quickbooks");
    REQUIRE(store.has_value());
    return std::move(*store);
  };
  REQUIRE(secrets()->set("vault-key", "half of a ke").has_value());

  CHECK(world.run_json({"status"})["reconnect_needed"].text() == "true");
  const auto drained = world.drain(5);
  CHECK(drained.exit_code == 4);
  CHECK(has(drained.err, "damaged"));
  CHECK(has(drained.err, "erp-host connect quickbooks"));
  REQUIRE(world.open_issues().size() == 1);
  reads_plainly(world.open_issues().at(0));
  CHECK(secrets()->find("vault-key.damaged")->value == "half of a ke");

  world.connect();
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 2);
  everything_is_out(world);
}
