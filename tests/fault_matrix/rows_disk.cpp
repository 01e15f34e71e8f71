#include "machine.h"
#include "rows.hpp"
#include "run.hpp"

#include <cerrno>

namespace fault_matrix {
namespace {

bool is_recorded(const Run& run) {
  for (const Json& entry : run.scene.host.asked({"outbox", "list"}))
    for (const Document& document : run.errand.documents)
      if (entry["subject"].text() == document.subject && entry["state"].text() != "delivered")
        return true;
  return false;
}

// From some call on the disk refuses, until it does not any more.
void in_the_hook(Run& run, int error, int calls) {
  for (const std::string& line : run.errand.events) {
    machine_disk(error, calls, 1 + static_cast<long>(run.draw(3)));
    const Said said = run.scene.host.tell(line);
    machine_is_well();
    run.expect(said.status == ERP_OK || said.status == ERP_E_STORAGE,
               "the hook answers " + std::to_string(said.status));
    if (said.status == ERP_E_STORAGE) {
      run.expect(said.words.size() > 10, "without words");
      // A failed sync of a commit leaves open whether it is there; nothing else does.
      if ((calls & disk_sync) == 0)
        run.expect(!is_recorded(run), "it refused, and recorded all the same");
      const Said again = run.scene.host.tell(line);
      run.expect(again.status == ERP_OK || again.status == ERP_DUPLICATE,
                 "with a good disk again the hook answers " + std::to_string(again.status) + " " +
                     again.words);
    }
  }
}

void in_the_job(Run& run, int error, int calls) {
  run.tell();
  machine_disk(error, calls, 1 + static_cast<long>(run.draw(30)));
  for (int i = 0; i < 3; ++i) {
    const Delivered done = run.step();
    run.expect(done.said.status >= 0 || done.said.status == ERP_E_STORAGE,
               "the job answers " + std::to_string(done.said.status) + " " + done.said.words);
  }
  run.expect(run.scene.host.job_due().has_value(), "the job is not asked for again");
  machine_is_well();
  run.scene.move_s(61);
}

void at_opening(Run& run, int error, int calls) {
  run.tell();
  run.scene.host.end();
  machine_disk(error, calls, 1 + static_cast<long>(run.draw(8)));
  const Said said = run.scene.host.start();
  machine_is_well();
  run.expect(said.status == ERP_OK || said.status == ERP_E_STORAGE,
             "it starts with " + std::to_string(said.status) + " " + said.words);
  if (said.status < 0) {
    run.expect(said.words.size() > 10, "without words");
    const Said again = run.scene.host.start();
    run.expect(again.status == ERP_OK, "with a good disk again: " + again.words);
  }
}

void at_the_point(Run& run, int error, int calls) {
  if (run.cell.point == Point::hook)
    in_the_hook(run, error, calls);
  else if (run.cell.point == Point::worker)
    in_the_job(run, error, calls);
  else
    at_opening(run, error, calls);
}

void d1(Run& run) {
  at_the_point(run, ENOSPC, disk_write);
}

void d3(Run& run) {
  constexpr int calls[] = {disk_write, disk_sync, disk_read};
  at_the_point(run, EIO, calls[run.draw(3)]);
}

} // namespace

std::vector<Row> disk_rows() {
  return {
      {"D1", "a full disk", "ENOSPC from some write on",
       "ERP_E_STORAGE, nothing half recorded; goes on with room again", storing, all_operations,
       d1},
      {"D3", "a disk that fails", "EIO from some write, sync or read on",
       "ERP_E_STORAGE and never an OK for nothing; opened anew, goes on", storing, all_operations,
       d3},
  };
}

} // namespace fault_matrix
