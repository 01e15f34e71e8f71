// A company whose names would break what is put together carelessly.
#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

const std::vector<std::string> twisted_names = {
    "O'Neill & Sons",
    "5\" Pipe \"Works\"",
    "Back\\slash\\",
    "100% Steel",
    "Smile \xF0\x9F\x98\x80 Parts",
    "';-- SELECT * FROM Vendor",
    "%' OR Active = true --",
    "\xC3\x85ngstr\xC3\xB6m \xE2\x80\x99quoted\xE2\x80\x99"};

constexpr int rounds_max = 20; // what was lost is sent again two seconds later

// Every query was understood, and asked for one name only.
void no_query_broke(const World& world) {
  for (const Json& request : world.requests("query")) {
    INFO(request.dump());
    CHECK(request["status"].text() == "200");
  }
}

WorldOptions adding_suppliers() {
  return {.settings = {{"missing_supplier", "create"}}};
}

} // namespace

TEST_CASE("suppliers with twisted names are found, each its own, and none is added") {
  const World world(adding_suppliers());
  for (const std::string& name : twisted_names)
    add_vendor(world, name);
  world.must({"run", "quickbooks", "refresh"});
  const std::size_t vendors = world.count("Vendor");
  int number = 100;
  for (const std::string& name : twisted_names) {
    Order order = from_supplier(std::to_string(++number), name);
    order.supplier.id = "S-" + order.id;
    world.deliver(po_ordered("e-" + order.id, order));
    INFO(name);
    CHECK(world.purchase_order(order.id)["VendorRef"]["value"].text() ==
          in_books(world, "Vendor", name)["Id"].text());
  }
  CHECK(world.count("Vendor") == vendors);
  CHECK(world.host({"run", "quickbooks", "prove", "--problems"}).exit_code == 0);
}

TEST_CASE("what is looked up under a twisted name or number after a lost answer is found, once") {
  const World world(adding_suppliers());
  const std::size_t vendors = world.count("Vendor"), items = world.count("Item");
  int number = 0;
  for (const std::string& name : twisted_names) {
    ++number;
    Order order = from_supplier("T" + std::to_string(number), name);
    order.supplier.id = "S-" + order.id;
    order.lines[0].part = Part{.id = "P-" + order.id, .number = name, .revision = std::nullopt};
    for (const char* path : {"vendor", "item", "purchaseorder"})
      world.fault(std::string(R"({"method":"POST","action":"lost_answer","path":")") + path +
                  "\"}");
    CHECK(world.emit(po_ordered("e-" + order.id, order)).exit_code == 0);
    for (int round = 0; round < rounds_max && world.drain(1).exit_code != 0; ++round)
      world.control("DELETE", "requestids");
    CHECK(world.faults_fired() == static_cast<std::size_t>(3 * number));
    INFO(name);
    CHECK(world.drain().exit_code == 0);
    CHECK(world.count("Vendor") == vendors + static_cast<std::size_t>(number));
    CHECK(world.count("Item") == items + static_cast<std::size_t>(number));
    CHECK(world.count("PurchaseOrder") == static_cast<std::size_t>(number));
  }
  no_query_broke(world);
  CHECK(world.host({"run", "quickbooks", "prove", "--problems"}).exit_code == 0);
}

TEST_CASE("an account's leaf name that stands under two parents is never guessed") {
  const World world;
  for (const char* parent : {"Plant North", "Plant South"})
    add_account(world, "Consumables", add_account(world, parent));
  world.must({"run", "quickbooks", "refresh"});
  const Json issue =
      blocked(world, po_ordered("e-1", with_code("1", "Consumables")), "purchase_order/1");
  CHECK(has(issue["remedy"].text() + issue["meaning"].text(), "Plant North:Consumables"));
  CHECK(world.emit(po_ordered("e-2", with_code("2", "Plant South:Consumables"))).exit_code == 0);
  CHECK(world.drain().exit_code == 2); // the first is still held
  CHECK(world.purchase_order("2")["Line"]
            .at(0)["AccountBasedExpenseLineDetail"]["AccountRef"]["value"]
            .text() == in_books(world, "Account", "Plant South:Consumables")["Id"].text());
}

TEST_CASE("of suppliers equal but for a blank the exact one is taken") {
  const World world;
  add_vendor(world, "Marsh  Tools"); // two blanks
  add_vendor(world, "Marsh Tools");
  world.must({"run", "quickbooks", "refresh"});
  for (const std::string name : {"Marsh  Tools", "Marsh Tools"}) {
    Order order = from_supplier(name == "Marsh Tools" ? "1" : "2", name);
    order.supplier.id = "S-" + order.id;
    world.deliver(po_ordered("e-" + order.id, order));
    CHECK(world.purchase_order(order.id)["VendorRef"]["value"].text() ==
          in_books(world, "Vendor", name)["Id"].text());
  }
}
