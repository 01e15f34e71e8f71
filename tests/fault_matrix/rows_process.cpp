#include "machine.h"
#include "rows.hpp"
#include "run.hpp"

#include <atomic>
#include <chrono>
#include <thread>

namespace fault_matrix {
namespace {

// Hooks come from all sides while everything is being stopped, and afterwards.
void p1(Run& run) {
  std::atomic<int> odd{0}, taken{0}, returned{0};
  std::vector<std::thread> callers;
  const auto call = [&] {
    for (const std::string& line : run.errand.events) {
      const Said said = run.scene.host.tell(line);
      taken += said.status == ERP_OK;
      odd += said.status != ERP_OK && said.status != ERP_DUPLICATE &&
             said.status != ERP_E_SHUTTING_DOWN;
    }
    ++returned;
  };
  if (run.cell.point == Point::worker) run.tell();
  const auto began = std::chrono::steady_clock::now();
  if (run.cell.point != Point::open)
    for (int i = 0; i < 4; ++i)
      callers.emplace_back(call);
  if (run.cell.point == Point::worker)
    callers.emplace_back([&] {
      run.scene.host.deliver();
      ++returned;
    });
  run.scene.host.ask_to_stop();
  for (std::thread& caller : callers)
    caller.join();
  call(); // after the end
  run.expect(std::chrono::steady_clock::now() - began <
                 std::chrono::seconds(20), // two by the contract; the machine may be busy
             "a hook or the end hangs");
  run.expect(odd == 0, std::to_string(odd) + " hooks answered something undocumented");
  const Delivered late = run.scene.host.deliver();
  run.expect(late.said.status == ERP_OK || late.said.status == ERP_E_SHUTTING_DOWN,
             "a job after the end answers " + std::to_string(late.said.status));
  run.scene.host.end();
  run.expect(run.scene.host.start().status == ERP_OK, "it does not start again");
  for (const std::string& line : run.errand.events) { // what was refused comes again
    const Said said = run.scene.host.tell(line);
    run.expect(said.status == ERP_OK || said.status == ERP_DUPLICATE,
               "a hook after the start answers " + std::to_string(said.status));
  }
}

// What goes wrong inside comes out as a number and words.
void p2(Run& run) {
  if (run.cell.point == Point::hook) {
    const Said said = run.scene.host.tell_nonsense();
    run.expect(said.status == ERP_E_INVALID && said.words.size() > 10,
               "an empty document answers " + std::to_string(said.status));
    run.tell();
    return;
  }
  run.tell();
  if (run.cell.point == Point::open) run.scene.host.end();
  run.scene.host.refuse_secrets(ERP_E_INTERNAL);
  if (run.cell.point == Point::open) {
    const Said said = run.scene.host.start();
    run.expect(said.status < 0 ? said.words.size() > 10 : true, "without words");
    run.scene.host.refuse_secrets(0);
    run.scene.host.end();
    run.expect(run.scene.host.start().status == ERP_OK, "it does not start again");
    return;
  }
  run.scene.world.control("POST", "tokens", R"({"do":"expire_access"})");
  const Delivered done = run.step();
  run.expect(done.said.status <= 0, "the job answers " + std::to_string(done.said.status));
  run.scene.host.refuse_secrets(0);
  run.scene.move_s(61);
}

// A second owner of the same folder.
void s1(Run& run) {
  if (run.cell.point != Point::first) run.bring_to_the_second_try();
  const Said other = run.scene.host.start_another();
  run.expect(other.status == ERP_E_STORAGE && other.words.find("use") != std::string::npos,
             "a second instance on the file starts with " + std::to_string(other.status) + " " +
                 other.words);
  if (run.cell.point == Point::first) run.tell();
}

// The process stands still for ten minutes in the middle of a call: longer than any claim lasts.
void s2(Run& run) {
  const auto stand_still = [](void*) { machine_move_us(600LL * 1'000'000); };
  if (run.cell.point == Point::second)
    run.bring_to_the_second_try();
  else
    run.tell();
  if (run.cell.point == Point::middle) run.meet(R"("action":"lost_answer")");
  machine_at_next_wait(stand_still, nullptr);
  run.step();
  run.work();
  run.expect_no_issue();
}

} // namespace

std::vector<Row> process_rows() {
  return {
      {"P1", "hooks during and after the end", "four threads, a job, stop()",
       "ERP_OK or ERP_E_SHUTTING_DOWN, and nobody hangs; nothing taken is lost", storing,
       all_operations, p1},
      {"P2", "trouble inside the plugin", "an empty document; a vault that fails",
       "a number and words, never an exception", storing, all_operations, p2},
      {"S1",
       "a second owner",
       "another instance on the same folder",
       "refused in words; the first goes on",
       {Point::first, Point::second},
       all_operations,
       s1},
      {"S2", "the owner stands still", "ten minutes pass in a call",
       "its claim has run out, and still nothing goes out twice", sending, all_operations, s2},
  };
}

} // namespace fault_matrix
