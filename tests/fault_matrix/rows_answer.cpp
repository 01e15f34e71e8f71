#include "machine.h"
#include "meddler.hpp"
#include "rows.hpp"
#include "run.hpp"

namespace fault_matrix {
namespace {

std::string reset_or_not(Run& run) {
  return run.draw(2) == 0 ? R"(,"reset":true)" : "";
}

void n5(Run& run) {
  run.meet(R"("action":"cut")" + reset_or_not(run));
  run.tell();
  run.work();
  run.expect_same_bytes_again();
  run.expect_no_issue();
}

void n6(Run& run) {
  run.meet(R"("action":"lost_answer")" + reset_or_not(run));
  run.tell();
  run.work();
  run.expect_same_bytes_again();
  bool replayed = false;
  for (const Json& send : run.sends())
    replayed = replayed || send["replayed"].text() == "true";
  run.expect(replayed || run.cell.operation == Operation::vendor, "QuickBooks replayed nothing");
  run.expect_no_issue();
}

// And QuickBooks knows the request id no more.
void n7(Run& run) {
  run.meet(R"("action":"lost_answer")" + reset_or_not(run));
  run.tell();
  run.step();
  if (run.cell.point == Point::second) run.step_when_due(); // the first try met a 503
  run.expect(run.scene.world.faults_fired() > 0, "no answer was lost");
  run.scene.world.control("DELETE", "requestids");
  run.scene.move_s(static_cast<std::int64_t>(run.draw(2)) * 1800); // soon, or when it is looked up
  run.work();
  run.expect_no_issue();
}

// It is given up after half a minute of (almost) nothing, and is in doubt.
void n8(Run& run) {
  const bool drips = run.draw(2) == 0;
  run.meet(drips ? R"("action":"drip","bytes":1,"ms":200)" : R"("action":"late","hold":true)");
  run.tell();
  if (run.cell.point == Point::second) run.step();
  const Instant due = run.scene.host.now();
  machine_hurry(1);
  run.step_when_due();
  const Instant took = run.scene.host.now() - due;
  run.scene.heal(); // what is held is let go
  run.expect(took >= 29'000'000 && took < 140'000'000,
             "it is given up after " + std::to_string(took / 1'000'000) + " s");
  run.work();
  run.expect_same_bytes_again();
}

void n9(Run& run) {
  const auto kind = run.draw(4);
  if (kind == 0) {
    run.meet(R"("action":"truncate","bytes":)" + std::to_string(run.draw(200)));
    run.tell();
    run.work();
    run.expect_same_bytes_again();
    return;
  }
  const Meddler meddler(run.scene, run.errand.path, false, [&](const Meddler::Answer& answer) {
    if (kind == 1)
      return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
             std::to_string(answer.body.size() + 7) + "\r\n\r\n" + answer.body;
    if (kind == 2)
      return tls_peer::answer(200, "no gzip at all",
                              {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}});
    // 40 MiB: more than is read of any answer
    return tls_peer::answer(200, answer.body + std::string(40u << 20, ' '));
  });
  if (run.cell.point == Point::second) run.bring_to_the_second_try();
  machine_network(network_elsewhere, 1, meddler.port());
  if (run.cell.point != Point::second) run.tell();
  run.work();
  run.expect(meddler.spoilt() == 1, "no answer was spoilt");
  machine_is_well();
}

// A captive portal. It is no success however long it lasts, and after a day's tries a person
// hears of it.
void n10(Run& run) {
  const bool for_long = run.cell.point == Point::first;
  run.meet(R"("action":"html")", for_long ? 1000 : 2);
  run.tell();
  run.work(for_long ? 4 * 3600 : 120);
  run.expect(run.sends().size() >= 3, "it is not tried again");
  if (for_long) run.expect_issue("a web page for hours");
}

// QuickBooks says no inside a success, or to one document of a batch and yes to the others.
void n11(Run& run) {
  const std::string fault =
      R"({\"Fault\":{\"type\":\"ValidationFault\",\"Error\":[{\"code\":\"2020\",)"
      R"(\"Message\":\"Required param missing\",\"Detail\":\"Required parameter is missing\"}]}})";
  if (run.errand.path != "batch") {
    run.meet(R"("action":"status","status":200,"content_type":"application/json","body":")" +
                 fault + "\"",
             100);
    run.tell();
    run.work(600);
    run.scene.heal();
    run.expect_issue("a fault inside a success");
    run.retry_issues();
    return;
  }
  // A batch that leaves one document out; the others are final at once.
  run.meet(R"("action":"patch","patch":[{"op":"remove","path":"/BatchItemResponse/3"}])");
  run.tell();
  const Delivered done = run.step();
  run.expect(done.delivered >= 10, "of eleven only " + std::to_string(done.delivered) +
                                       " are out though ten were answered");
}

// The answer is about another document.
void n12(Run& run) {
  std::string patch;
  const char* entity = nullptr;
  switch (run.cell.operation) {
  case Operation::item:
    entity = "Item";
    break;
  case Operation::vendor:
    entity = "Vendor";
    break;
  case Operation::bill:
    entity = "Bill";
    break;
  default:
    entity = "PurchaseOrder";
  }
  const std::string member = std::string(entity) == "Item"     ? "Name"
                             : std::string(entity) == "Vendor" ? "DisplayName"
                                                               : "DocNumber";
  if (run.errand.path == "batch")
    patch = R"([{"op":"copy","from":"/BatchItemResponse/1/)" + std::string(entity) +
            R"(","path":"/BatchItemResponse/2/)" + entity + "\"}]";
  else
    patch = R"([{"op":"replace","path":"/)" + std::string(entity) + "/" + member +
            R"(","value":"9999"},{"op":"replace","path":"/)" + entity +
            R"(/Id","value":"999999"}])";
  run.meet(R"("action":"patch","patch":)" + patch);
  run.tell();
  run.work();
  for (const Json& link : run.scene.host.asked({"links", "list"}))
    run.expect(link["entity_id"].text() != "999999", "another document's id was taken for ours");
}

} // namespace

std::vector<Row> answer_rows() {
  return {
      {"N5", "reset after the request, nothing done", "accident cut",
       "the same bytes again under the same id, done once", sending, all_operations, n5},
      {"N6", "done, and the answer is lost", "accident lost_answer",
       "the same bytes again; QuickBooks replays", sending, all_operations, n6},
      {"N7", "N6, and the request id is forgotten", "lost_answer, DELETE requestids",
       "found by number and mark, not made again", sending, all_operations, n7},
      {"N8", "a byte now and then, or a stalled answer", "drip, late and held",
       "given up after half a minute (at most 125 s), in doubt, sent again", sending,
       all_operations, n8},
      {"N9", "a damaged answer", "cut short, wrong length, no gzip, 40 MiB",
       "no part of it is believed; sent again", sending, all_operations, n9},
      {"N10", "a web page with status 200", "accident html, twice or for hours",
       "no success; after 24 tries an issue, and it still goes on", sending, all_operations, n10},
      {"N11", "a fault inside a success", "a Fault with status 200; a batch without one answer",
       "an issue; in a batch each document for itself", sending, all_operations, n11},
      {"N12", "the answer of another request",
       "id and number patched; two answers of a batch alike", "not believed", sending,
       all_operations, n12},
  };
}

} // namespace fault_matrix
