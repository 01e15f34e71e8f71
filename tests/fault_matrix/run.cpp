#include "run.hpp"

#include "machine.h"

#include <algorithm>

namespace fault_matrix {
namespace {

constexpr Instant second_us = 1'000'000;
constexpr int jobs_max = 400; // more than any fault here may cost

std::string rule(const Errand& errand, int nth, int times, const std::string& accident) {
  return R"({"method":"POST","path":")" + errand.path + R"(","nth":)" + std::to_string(nth) +
         R"(,"times":)" + std::to_string(times) + "," + accident + "}";
}

const char* trouble_first = R"("action":"status","status":503)";

} // namespace

Run::Run(Scene& in, const Cell& of, std::uint64_t seed)
    : scene(in), cell(of), errand(make_errand(of.operation, of.point, in.next_run())), dice_(seed) {
}

std::vector<std::string> Run::play() {
  try {
    for (const std::string& line : errand.before)
      expect(scene.host.tell(line).status == ERP_OK, "what came before is not taken");
    if (!errand.before.empty()) settle();
    began_after_ = scene.last_request();
    token_calls_before_ = scene.token_calls();
    cell.row->play(*this);
    scene.heal();
    settle();
    expect_no_issue();
    check_books();
  } catch (const std::exception& error) {
    complaints_.push_back(std::string("it threw: ") + error.what());
  }
  return complaints_;
}

void Run::expect(bool as_it_is, const std::string& words) {
  if (!as_it_is) complaints_.push_back(words);
}

void Run::meet(const std::string& accident, int times) {
  if (cell.point == Point::second)
    scene.world.fault("[" + rule(errand, errand.nth, 1, trouble_first) + "," +
                      rule(errand, errand.nth, times, accident) + "]");
  else
    scene.world.fault(rule(errand, errand.nth, times, accident));
}

void Run::bring_to_the_second_try() {
  scene.world.fault(rule(errand, errand.nth, 1, trouble_first));
  tell();
  const Delivered done = step();
  expect(done.waiting > 0 && done.next_due, "nothing waits for a second try: " + done.said.words);
  if (done.next_due) scene.move_s((*done.next_due - scene.host.now()) / second_us + 1);
}

void Run::lose_network(int how, int port) {
  int from = 1;
  if (cell.point == Point::middle) {
    scene.world.fault(rule(errand, errand.nth, 1, R"("action":"cut")"));
    from = 2;
  }
  if (cell.point == Point::second) {
    scene.world.fault(rule(errand, errand.nth, 1, trouble_first));
    from = 2;
  }
  machine_network(static_cast<enum machine_network>(how), from, port);
}

void Run::tell() {
  for (const std::string& line : errand.events) {
    const Said said = scene.host.tell(line);
    expect(said.status == ERP_OK,
           "the hook answers " + std::to_string(said.status) + ", " + said.words);
  }
}

Delivered Run::step() {
  scene.tell_quickbooks_the_time();
  Delivered done = scene.host.deliver();
  due_ = done.next_due;
  return done;
}

Delivered Run::step_when_due() {
  if (due_) scene.move_s(std::max<Instant>(0, *due_ - scene.host.now()) / second_us + 1);
  return step();
}

void Run::work(std::int64_t for_s) {
  const Instant until = scene.host.now() + for_s * second_us;
  for (int i = 0; i < jobs_max; ++i) {
    const Delivered done = step();
    Instant next = done.next_due.value_or(until);
    if (done.said.status == ERP_E_STORAGE) next = scene.host.now() + 60 * second_us;
    if (done.said.status == ERP_E_NOT_CONNECTED || (done.said.status >= 0 && done.waiting == 0))
      return;
    if (next >= until) {
      scene.move_s((until - scene.host.now()) / second_us + 1);
      return;
    }
    scene.move_s(std::max<Instant>(0, next - scene.host.now()) / second_us + 1);
  }
  expect(false, "after " + std::to_string(jobs_max) + " jobs there is no end of it");
}

void Run::settle() {
  constexpr std::int64_t a_day_s = 86'400;
  work(a_day_s);
  const Delivered done = step();
  expect(done.said.status >= 0, "the job answers " + done.said.words);
  expect(done.waiting == 0, std::to_string(done.waiting) + " still wait: " + done.said.words);
  expect(done.blocked == 0, std::to_string(done.blocked) + " are blocked");
}

Json Run::open_issues() const {
  Json open = Json::array();
  for (const Json& issue : scene.host.asked({"inbox", "list"}))
    if (issue["state"].text() == "open") open.push(issue);
  return open;
}

void Run::retry_issues() {
  const Said said = scene.host.command({"inbox", "retry", "--all"});
  expect(said.status >= 0, "inbox retry: " + said.words);
}

void Run::expect_same_bytes_again() {
  const std::vector<Json> all = sends();
  int met = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i]["accident"].text().empty()) continue;
    ++met;
    bool again = false;
    for (std::size_t j = i + 1; j < all.size(); ++j)
      again = again || (all[j]["requestid"].text() == all[i]["requestid"].text() &&
                        all[j]["body"].text() == all[i]["body"].text());
    expect(again,
           "what met an accident is not sent again as it was: " + all[i]["requestid"].text());
  }
  went_singly_ = met == 0 && errand.path == "batch" && all.empty();
  expect(met > 0 || went_singly_, "no call met the fault");
}

void Run::expect_issue(const std::string& what) {
  const Json issues = open_issues();
  bool found = false;
  for (const Json& issue : issues) {
    const bool worded = issue["title"].text().size() > 10 && issue["meaning"].text().size() > 10 &&
                        issue["remedy"].text().size() > 10;
    bool ours = issue["documents"].size() == 0;
    for (const Json& subject : issue["documents"])
      for (const Document& document : errand.documents)
        ours = ours || subject.text() == document.subject;
    found = found || (worded && ours);
  }
  expect(found, "no issue with words for " + what + ": " + issues.dump());
}

void Run::expect_no_issue() {
  const Json issues = open_issues();
  expect(issues.size() == 0, "an issue is open: " + issues.dump());
}

void Run::expect_others_flow() {
  const std::string id = "x" + errand.beginning.substr(1);
  expect(
      scene.host.tell(acceptance::po_ordered("e-" + id, acceptance::order_numbered(id))).status ==
          ERP_OK,
      "another order is not taken");
  step();
  expect(scene.held("PurchaseOrder", id).size() == 1, "another order does not go out meanwhile");
}

void Run::check_books() {
  for (const Document& document : errand.documents) {
    const bool is_list = document.total.empty();
    std::vector<Json> all;
    for (const Json& object : scene.held(document.entity, document.number))
      for (const char* member : {"DocNumber", "DisplayName", "Name"})
        if (object[member].text() == document.number) {
          all.push_back(object);
          break;
        }
    expect(all.size() == 1,
           document.subject + " stands " + std::to_string(all.size()) + " times in QuickBooks");
    if (all.size() != 1 || is_list) continue;
    const std::string total = acceptance::plain(all[0]["TotalAmt"].text());
    expect(total == document.total, document.subject + " is of " + total);
    expect(all[0]["PrivateNote"].text().find("[erp:" + document.subject + "]") != std::string::npos,
           document.subject + " does not carry its mark");
  }
}

} // namespace fault_matrix
