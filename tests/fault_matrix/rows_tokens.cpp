#include "machine.h"
#include "rows.hpp"
#include "run.hpp"

namespace fault_matrix {
namespace {

constexpr std::int64_t day_s = 86'400;

void ask(Run& run, const char* what) {
  run.scene.world.control("POST", "tokens", std::string(R"({"do":")") + what + "\"}");
}

// The events are told; what comes next comes before the first call, or before the second try.
void come_to_the_point(Run& run) {
  if (run.cell.point == Point::first)
    run.tell();
  else
    run.bring_to_the_second_try();
}

void o1(Run& run) {
  come_to_the_point(run);
  if (run.draw(2) == 0) ask(run, "rotate_next");
  ask(run, "expire_access");
  run.work();
  run.expect(run.token_calls() == 1, std::to_string(run.token_calls()) + " token calls");
  run.expect_no_issue();
}

void o2(Run& run) {
  come_to_the_point(run);
  const bool old_value_lives = run.draw(2) == 0;
  run.scene.world.control("POST", "tokens",
                          old_value_lives ? R"({"do":"grace","seconds":600})"
                                          : R"({"do":"grace","seconds":0})");
  ask(run, "rotate_next");
  ask(run, "expire_access");
  run.scene.world.fault(R"({"path":"/oauth2/*","action":"lost_answer"})");
  run.work();
  run.scene.world.control("POST", "tokens", R"({"do":"grace","seconds":0})");
  if (old_value_lives) {
    run.expect_no_issue();
    return;
  }
  // The one way in which a person is needed: the only copy was on the wire.
  run.expect(run.scene.host.notices().size() == 1, "not one notice to connect again");
  run.scene.host.connect(run.scene.browser);
}

void o5(Run& run) {
  come_to_the_point(run);
  ask(run, "expire_refresh");
  ask(run, "expire_access");
  run.work();
  run.expect(run.scene.host.notices().size() == 1, "not one notice to connect again");
  const std::int64_t asked = run.token_calls();
  for (int i = 0; i < 3; ++i)
    run.expect(run.step().said.status == ERP_E_NOT_CONNECTED, "it is not said to be unconnected");
  run.expect(run.token_calls() == asked, "a token that is known to be dead is tried again");
  run.scene.host.connect(run.scene.browser);
}

// The host's clock is wrong by a day, and right again later.
void o6(Run& run) {
  const std::int64_t by = run.draw(2) == 0 ? day_s : -day_s;
  if (run.cell.point == Point::first) { // when the events come
    run.scene.host.set_wrong_s(by);
    run.tell();
    run.step();
  } else { // between two tries
    run.bring_to_the_second_try();
    run.scene.host.set_wrong_s(by);
    run.step();
  }
  run.work(300);
  run.scene.host.set_wrong_s(0);
  run.step();
  run.work(day_s);
  const Delivered done = run.step();
  run.expect(done.waiting == 0, "a day later something still waits");
  for (const Document& document : run.errand.documents)
    if (document.entity == "PurchaseOrder")
      for (const Json& order : run.scene.held("PurchaseOrder", document.number))
        run.expect(order["TxnDate"].text() == "2026-11-20", "the date is of the clock");
}

} // namespace

std::vector<Row> token_rows() {
  return {
      {"O1", "the access token expires", "tokens do expire_access, rotated or not",
       "exactly one token call, nothing sent twice", sending, all_operations, o1},
      {"O2", "rotated, and the answer is lost", "rotate_next, lost_answer; old value alive or dead",
       "alive: nobody notices; dead: one notice, and after connecting all goes out", sending,
       all_operations, o2},
      {"O5", "the refresh token ends", "tokens do expire_refresh",
       "one notice, no hammering, all goes out after connecting", sending, all_operations, o5},
      {"O6", "a clock that is a day wrong", "the host's clock, ahead or behind",
       "all is out within a day; dates are the documents'", sending, all_operations, o6},
  };
}

} // namespace fault_matrix
