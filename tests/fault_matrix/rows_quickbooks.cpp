#include "machine.h"
#include "meddler.hpp"
#include "rows.hpp"
#include "run.hpp"

#include <chrono>

namespace fault_matrix {
namespace {

std::string fault(const char* code, const char* message) {
  return std::string(R"("action":"fault","code":")") + code + R"(","message":")" + message +
         R"(","detail":")" + message + ": ordered by a test\"";
}

const char* entity_of(Operation operation) {
  if (operation == Operation::item) return "Item";
  if (operation == Operation::vendor) return "Vendor";
  return operation == Operation::bill ? "Bill" : "PurchaseOrder";
}

// QuickBooks says no: this document waits for a person, everything else flows, and it is not asked
// again until the person is done.
void is_a_persons_matter(Run& run, const std::string& what, bool others_flow = true) {
  run.tell();
  run.step();
  // After a send that may have been done it is looked up before a refusal is believed.
  for (int i = 0; i < 5 && run.open_issues().size() == 0; ++i)
    run.step_when_due();
  run.expect_issue(what);
  const std::size_t sent = run.sends().size();
  run.scene.move_s(61); // the next job reads what changed in QuickBooks
  if (others_flow) run.expect_others_flow();
  run.work(3600);
  const std::vector<Json> all = run.sends();
  std::string again;
  std::size_t times = 0;
  for (std::size_t i = sent; i < all.size(); ++i)
    if (all[i]["body"].text().find(run.errand.beginning) != std::string::npos) {
      ++times;
      again += "\n    " + all[i]["requestid"].text() + " " + all[i]["body"].text();
    }
  run.expect(times <= (others_flow ? 0 : 12), "what was refused is sent again and again:" + again);
  run.scene.heal();
  run.retry_issues();
}

void h1(Run& run) {
  const bool says_when = run.errand.path != "batch" && run.draw(2) == 0;
  std::unique_ptr<Meddler> meddler;
  const int asked_s = says_when ? 90 : 60;
  if (says_when) {
    meddler =
        std::make_unique<Meddler>(run.scene, run.errand.path, true, [](const Meddler::Answer&) {
          return tls_peer::answer(429, "", {{"Retry-After", "90"}});
        });
    if (run.cell.point == Point::second) run.bring_to_the_second_try();
    machine_network(network_elsewhere, 1, meddler->port());
    if (run.cell.point != Point::second) run.tell();
  } else {
    run.meet(R"("action":"throttle")");
    run.tell();
    if (run.cell.point == Point::second) run.step();
  }
  run.step_when_due();
  machine_is_well();
  const std::int64_t last = run.scene.last_request();
  for (int waited_s = 0; waited_s + 10 < asked_s; waited_s += 10) {
    run.scene.move_s(9);
    run.step();
  }
  run.expect(run.calls_since(last).empty(),
             "QuickBooks is called within " + std::to_string(asked_s) + " s of a 429");
  run.scene.move_s(30);
  run.step();
  run.expect(!run.calls_since(last).empty(), "after the rest nothing goes on");
  run.expect_no_issue();
}

// For so long nothing comes of it: the pauses grow, and a hook is as quick as ever.
void storm(Run& run, int status, std::int64_t for_s) {
  run.meet(R"("action":"status","status":)" + std::to_string(status), 100'000);
  run.tell();
  const std::int64_t before = run.scene.last_request();
  run.work(for_s);
  const auto calls = run.calls_since(before).size();
  const auto documents = run.errand.documents.size();
  run.expect(calls < documents * (12 + static_cast<std::size_t>(for_s) / 75) + 20,
             std::to_string(calls) + " calls in the storm");
  const auto began = std::chrono::steady_clock::now();
  const std::string id = run.errand.beginning + "late";
  run.scene.host.tell(acceptance::part_saved("p-" + id, {.id = "P-" + id, .number = id}));
  run.expect(std::chrono::steady_clock::now() - began < std::chrono::seconds(10),
             "a hook hangs in the storm");
}

void h2(Run& run) {
  constexpr int statuses[] = {500, 502, 504};
  storm(run, statuses[run.draw(3)], 1800);
}

void h3(Run& run) {
  storm(run, 503, run.cell.point == Point::first ? 6 * 3600 : 3600);
}

void h4(Run& run) {
  constexpr const char* codes[] = {"2020", "2050", "6070", "2500", "6000"};
  run.meet(fault(codes[run.draw(5)], "Business Validation Error") + R"(,"body_contains":")" +
               run.errand.beginning + "\"",
           100);
  if (run.errand.path == "batch") { // of a refused call no document is refused: they go singly
    run.tell();
    run.work(600);
    return;
  }
  is_a_persons_matter(run, "a refused document");
}

Json reference(const Scene& scene, const std::string& entity, const std::string& name) {
  for (const Json& object : scene.world.objects(entity))
    for (const char* member : {"DisplayName", "Name"})
      if (object[member].text() == name) return Json::object().set("value", object["Id"]);
  throw std::runtime_error("no " + name);
}

Json theirs(const Scene& scene, const std::string& number,
            const std::string& vendor = "Northgate Steel") {
  Json detail = Json::object().set("AccountRef", reference(scene, "Account", "Tooling"));
  Json line = Json::object().set("Amount", Json::number("77.7"));
  line.set("DetailType", "AccountBasedExpenseLineDetail");
  line.set("AccountBasedExpenseLineDetail", detail);
  Json lines = Json::array();
  lines.push(line);
  Json body = Json::object().set("DocNumber", number).set("Line", lines);
  body.set("VendorRef", reference(scene, "Vendor", vendor));
  return body.set("APAccountRef", reference(scene, "Account", "Accounts Payable (A/P)"));
}

// A bookkeeper adds a line first.
void h5(Run& run) {
  if (run.cell.point == Point::second) run.bring_to_the_second_try();
  Document& document = run.errand.documents[0];
  Json order;
  for (const Json& one : run.scene.held("PurchaseOrder", document.number))
    if (one["DocNumber"].text() == document.number) order = one;
  Json line = theirs(run.scene, "")["Line"].at(0);
  line.set("Description", "Pallet deposit");
  order.member("Line").push(line);
  run.scene.world.admin_write("purchaseorder", order);
  document.total = "227.7"; // 150 and theirs
  const std::int64_t last = run.scene.last_request();
  if (run.cell.point != Point::second) run.tell();
  run.work();
  int reads = 0;
  for (const Json& call : run.calls_since(last))
    reads += call["method"].text() == "GET";
  run.expect(reads == 1, std::to_string(reads) + " reads for one stale order");
  run.expect_no_issue();
}

// Somebody else's stands under that number or name already.
void h6(Run& run) {
  const bool is_list =
      run.cell.operation == Operation::item || run.cell.operation == Operation::vendor;
  if (run.cell.point == Point::second) run.bring_to_the_second_try();
  std::string number;
  for (const Document& document : run.errand.documents)
    if (document.entity == entity_of(run.cell.operation)) number = document.number;
  Json other;
  if (run.cell.operation == Operation::item) {
    Json body = Json::object().set("Name", number).set("Type", "NonInventory");
    body.set("IncomeAccountRef", reference(run.scene, "Account", "Sales of Product Income"));
    body.set("ExpenseAccountRef", reference(run.scene, "Account", "Supplies"));
    run.scene.world.admin_write("item", body);
  } else if (run.cell.operation == Operation::vendor) {
    run.scene.world.admin_write("vendor", Json::object().set("DisplayName", number));
  } else {
    const bool is_bill = run.cell.operation == Operation::bill;
    other = run.scene.world.admin_write(
        is_bill ? "bill" : "purchaseorder",
        theirs(run.scene, number, "Hicks Hardware"))[entity_of(run.cell.operation)];
  }
  if (run.cell.point != Point::second) run.tell();
  run.step();
  if (is_list) { // what has the name is what we would have made
    run.work();
    run.expect_no_issue();
    return;
  }
  run.expect_issue("a number that is taken");
  run.expect_others_flow();
  const bool is_bill = run.cell.operation == Operation::bill;
  other.set("DocNumber", "N" + number);
  run.scene.world.admin_write(is_bill ? "bill" : "purchaseorder", other);
  run.expect(run.scene.host.command({"refresh"}).status >= 0, "refresh fails");
  run.retry_issues();
}

void h7(Run& run) {
  const auto kind = run.draw(3);
  if (kind == 0) { // a token that is refused once
    run.meet(R"("action":"unauthorized")");
    run.tell();
    run.work();
    run.expect(run.token_calls() == 1,
               std::to_string(run.token_calls()) + " token calls for one 401");
    run.expect_same_bytes_again();
    run.expect_no_issue();
    return;
  }
  if (run.cell.point != Point::first) run.bring_to_the_second_try();
  if (kind == 1)
    run.scene.world.control("POST", "tokens", R"({"do":"disconnect"})");
  else
    run.scene.world.fault(
        R"({"path":"*","times":0,"action":"status","status":403,"content_type":"application/json",)"
        R"("body":"{\"Fault\":{\"type\":\"AuthorizationFault\",\"Error\":[{\"code\":\"3202\",)"
        R"(\"Message\":\"ApplicationAuthorizationFailed\",\"Detail\":\"revoked\"}]}}"})");
  if (run.cell.point == Point::first) run.tell();
  run.scene.move_s(3);
  for (int i = 0; i < 5; ++i) {
    const Delivered done = run.step();
    run.expect(done.said.status == ERP_E_NOT_CONNECTED,
               "a revoked connection answers " + std::to_string(done.said.status));
  }
  run.expect(run.scene.host.notices().size() == 1,
             std::to_string(run.scene.host.notices().size()) + " notices ask to connect again");
  run.scene.world.control("DELETE", "faults");
  run.scene.host.connect(run.scene.browser);
}

void h8(Run& run) {
  constexpr const char* codes[] = {"6190", "6210"};
  const auto code = run.draw(2);
  run.meet(
      fault(codes[code], code == 0 ? "Subscription period has ended" : "Account Period Closed"),
      100);
  if (run.errand.path == "batch") {
    run.tell();
    run.work(600);
    return;
  }
  is_a_persons_matter(run, "a company that takes nothing", false);
}

} // namespace

std::vector<Row> quickbooks_rows() {
  return {
      {"H1", "429 with or without Retry-After", "accident throttle; a middleman says 90",
       "no call for 60 s (90), then it goes on by itself", sending, all_operations, h1},
      {"H2", "30 minutes of 500, 502, 504", "accident status",
       "growing pauses to five minutes; hooks as quick as ever", sending, all_operations, h2},
      {"H3", "hours of 503", "accident status for six hours, one in the middle",
       "as H2, and it drains afterwards", sending, all_operations, h3},
      {"H4", "QuickBooks refuses the document", "faults 2020, 2050, 6070, 2500, 6000",
       "one issue in words; others flow; sent again when a person asks, or once an hour if a "
       "change there may mend it",
       sending, all_operations, h4},
      {"H5",
       "stale SyncToken",
       "a bookkeeper adds a line first",
       "one read, their line stays",
       sending,
       {Operation::update},
       h5},
      {"H6",
       "the number or name is taken",
       "a bookkeeper is quicker",
       "items, vendors: adopted; documents of others: an issue",
       {Point::first, Point::second},
       {Operation::item, Operation::vendor, Operation::order, Operation::bill},
       h6},
      {"H7", "401, 403, disconnected", "unauthorized; tokens do disconnect; status 403",
       "one refresh and the same bytes; else one notice to connect again", sending, all_operations,
       h7},
      {"H8", "subscription ended, period closed", "faults 6190, 6210",
       "an issue; hardly a call more until a person has acted", sending, all_operations, h8},
  };
}

} // namespace fault_matrix
