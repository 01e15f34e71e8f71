// What no source settles about Intuit's service: the plugin works with each answer.
#include "acceptance/bills.hpp"
#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

WorldOptions answering(const std::string& answer,
                       const std::map<std::string, std::string>& settings = {}) {
  WorldOptions options{.settings = settings, .disputed = {answer}};
  options.settings.try_emplace("receipts", "bill_per_receipt");
  options.settings.try_emplace("missing_supplier", "create");
  return options;
}

void proven(const World& world) {
  const auto proof = world.host({"run", "quickbooks", "prove", "--problems"});
  INFO(proof.out, proof.err);
  CHECK(proof.exit_code == 0);
}

Receipt of(const std::string& id, const std::string& quantity, bool complete) {
  return {.id = id, .complete = complete, .lines = {{"1", quantity}}};
}

// Whatever a month brings: parts, suppliers and orders, made and changed; a backlog; receipts, one
// of them corrected; a cancellation; a token that is replaced.
void a_month_goes_well(const World& world) {
  Part part;
  Order order = order_numbered("1042");
  world.deliver(part_saved("p-1", part) + po_ordered("e-1", order));
  part.description = "Bracket, anodized, 4 mm";
  world.deliver(part_saved("p-2", part));
  Supplier supplier{.id = "S-9", .name = "Rheinblech"};
  world.deliver(supplier_saved("s-1", supplier));
  supplier.email = "office@rheinblech.example.com";
  world.deliver(supplier_saved("s-2", supplier));
  std::string backlog;
  for (int i = 0; i < 12; ++i)
    backlog += po_ordered("b-" + std::to_string(i), order_numbered(std::to_string(6000 + i)));
  world.deliver(backlog);
  order.version = 2;
  order.lines.push_back(one_more_line());
  world.deliver(po_ordered("e-2", order));
  world.control("POST", "tokens", R"({"do":"rotate_next"})");
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  world.deliver(po_received("r-1", order, of("R-1", "4", false)) +
                po_received("r-2", order, of("R-2", "6", false)));
  world.deliver(receipt_corrected("r-3", order, of("R-2", "5", false)));
  world.deliver(po_cancelled("c-1", order_numbered("6003")));

  CHECK(world.count("PurchaseOrder") == 13);
  CHECK(world.count("Bill") == 2);
  CHECK(on_hand(world, "300500 Rev A") == "9");
  CHECK(in_books(world, "Item", "300500 Rev A")["Description"].text() == "Bracket, anodized, 4 mm");
  CHECK(in_books(world, "Vendor", "Rheinblech")["PrimaryEmailAddr"]["Address"].text() ==
        "office@rheinblech.example.com");
  CHECK(world.open_issues().size() == 0);
  proven(world);
}

} // namespace

TEST_CASE("a month goes well whether sparse updates are taken or refused") {
  for (const std::string answer : {"taken", "refused"})
    a_month_goes_well(World(answering("sparse_update=" + answer, {{"sync_suppliers", "on"}})));
}

TEST_CASE("a month goes well whether batches are answered in order or shuffled") {
  for (const std::string answer : {"kept", "shuffled"})
    a_month_goes_well(World(answering("batch_order=" + answer)));
}

TEST_CASE("a month goes well whether ten calls may leave in a second or run at once") {
  for (const std::string answer : {"per_second", "at_once"}) {
    WorldOptions options = answering("burst=" + answer, {{"pace", "documented"}});
    options.throttled = true;
    const World world(options);
    a_month_goes_well(world);
    CHECK(world.counted("throttled") == 0);
  }
}

TEST_CASE("a month goes well whether a document number may stand twice or not") {
  for (const std::string answer : {"refused", "allowed"})
    a_month_goes_well(World(answering("duplicate_number=" + answer)));
}

TEST_CASE("a renewal whose answer is lost is overcome where the token of before lives on, and told "
          "where it is dead") {
  for (const std::string answer : {"alive", "dead"}) {
    World world(answering("old_refresh_token=" + answer));
    a_month_goes_well(world);
    world.control("POST", "tokens", R"({"do":"rotate_next"})");
    world.control("POST", "tokens", R"({"do":"expire_access"})");
    world.fault(R"({"path":"/oauth2/*","action":"lost_answer"})");
    CHECK(world.emit(po_ordered("e-9", order_numbered("9"))).exit_code == 0);
    INFO(answer);
    CHECK(world.drain().exit_code == (answer == "alive" ? 0 : 4));
    CHECK(world.open_issues().size() == (answer == "alive" ? 0 : 1));
    CHECK(world.count("PurchaseOrder") == (answer == "alive" ? 14 : 13));
    if (answer == "alive") continue;
    consent(world, "connect", world.realm());
    world.connect();
    world.must({"drain", "quickbooks"});
    CHECK(world.count("PurchaseOrder") == 14);
    proven(world);
  }
}

TEST_CASE("where sparse updates are refused, nothing of a part's item is lost by an update") {
  const World world(answering("sparse_update=refused"));
  Part part;
  world.deliver(part_saved("p-1", part));
  const Json before = in_books(world, "Item", "300500 Rev A");
  part.description = "Bracket, anodized, 4 mm";
  world.deliver(part_saved("p-2", part));
  part.description = "Bracket, anodized, 5 mm";
  world.reset_counts();
  world.deliver(part_saved("p-3", part));
  CHECK(world.counted("writes") == 1); // it is known by now that the whole object is wanted
  CHECK(world.counted("faults") == 0);
  const Json after = in_books(world, "Item", "300500 Rev A");
  CHECK(after["Description"].text() == "Bracket, anodized, 5 mm");
  for (const char* member :
       {"Name", "Type", "Sku", "QtyOnHand", "InvStartDate", "TrackQtyOnHand"}) {
    INFO(member);
    CHECK(after[member].dump() == before[member].dump());
  }
  for (const char* member : {"IncomeAccountRef", "ExpenseAccountRef", "AssetAccountRef"}) {
    INFO(member);
    CHECK(after[member].dump() == before[member].dump());
  }
}

TEST_CASE("a request that was refused goes out once mended, whether or not the refusal is kept "
          "with its request id") {
  for (const std::string answer : {"forgotten", "remembered"}) {
    const World world(answering("request_id_of_fault=" + answer));
    world.deliver(part_saved("p-1", Part()));
    world.fault(R"({"method":"POST","path":"purchaseorder","action":"status","status":503})");
    world.deliver(po_ordered("e-1", order_numbered("1042")));
    // Refused by the books themselves, which may keep the refusal.
    const Json item = in_books(world, "Item", "300500 Rev A");
    change(world, "Item", item, "Active", Json::parse("false"));
    const Json issue =
        blocked(world, po_ordered("e-2", order_numbered("1043")), "purchase_order/1043");
    change(world, "Item", item, "Active", Json::parse("true"));
    world.must({"run", "quickbooks", "refresh"});
    world.must({"drain", "quickbooks"});
    CHECK(world.count("PurchaseOrder") == 2);
    CHECK(world.open_issues().size() == 0);
    proven(world);
  }
}

TEST_CASE("an item that was made inactive behind our back is told as such, under either code") {
  for (const std::string answer : {"610", "2500"}) {
    const World world(answering("inactive_reference=" + answer));
    world.deliver(part_saved("p-1", Part()));
    change(world, "Item", in_books(world, "Item", "300500 Rev A"), "Active", Json::parse("false"));
    const Json issue =
        blocked(world, po_ordered("e-1", order_numbered("1042")), "purchase_order/1042");
    INFO(answer, issue.dump());
    reads_plainly(issue);
    CHECK(world.count("PurchaseOrder") == 0);
    world.must({"run", "quickbooks", "refresh"});
    CHECK(world.drain().exit_code == 2);
    const Json now = issue_of(world.open_issues(), "purchase_order/1042");
    CHECK(has(now["title"].text(), "inactive"));
    world.must({"run", "quickbooks", "inbox", "fix", now["id"].text(), "reactivate"});
    world.must({"drain", "quickbooks"});
    CHECK(world.count("PurchaseOrder") == 1);
    proven(world);
  }
}

TEST_CASE(
    "another order of the same number leaves ours alone, whether QuickBooks allows it or not") {
  for (const std::string answer : {"refused", "allowed"}) {
    const World world(answering("duplicate_number=" + answer));
    world.deliver(part_saved("p-1", Part()));
    add_order(world, "1042", "Hicks Hardware"); // by hand, not yet seen here
    CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
    const int drained = world.drain().exit_code;
    INFO(answer);
    CHECK(drained == (answer == "refused" ? 2 : 0));
    CHECK(world.count("PurchaseOrder") == (answer == "refused" ? 1 : 2));
    CHECK(world.open_issues().size() == (answer == "refused" ? 1 : 0));
    proven(world);
  }
}

TEST_CASE(
    "a link to an order's line that is dropped or refused is told, and no bill stands twice") {
  for (const std::string answer : {"dropped", "refused"}) {
    const World world(answering("order_line_link=" + answer));
    const Order order = order_numbered("1042");
    world.deliver(po_ordered("e-1", order));
    const Json issue =
        blocked(world, po_received("e-2", order, of("R-1", "10", true)), "receipt/R-1");
    INFO(answer, issue.dump());
    reads_plainly(issue);
    CHECK(world.count("Bill") == (answer == "dropped" ? 1 : 0));
    world.must({"run", "quickbooks", "inbox", "retry", issue["id"].text()});
    CHECK(world.drain().exit_code == 2);
    CHECK(world.count("Bill") == (answer == "dropped" ? 1 : 0));
    proven(world);
  }
}
