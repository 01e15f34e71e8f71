#include "scenarios.hpp"

#include "machine.h"

#include <algorithm>

namespace torture {
namespace {

using fault_matrix::Delivered;
using fault_matrix::Operation;
using fault_matrix::Run;
using fault_matrix::Said;

constexpr int jobs_max = 4; // in a row under the fault; what then waits goes out without it

// Only what happens while it lives counts, and may meet the fault.
class Armed {
 public:
  Armed() { machine_arm(1); }
  ~Armed() { machine_arm(0); }
  Armed(const Armed&) = delete;
  Armed& operator=(const Armed&) = delete;
};

template <class Call>
auto armed(const Call& call) {
  const Armed while_it_lasts;
  return call();
}

void expect_answer(Run& run, const std::string& what, const Said& said) {
  run.expect(said.status >= ERP_E_NOT_CONNECTED && said.status <= ERP_DUPLICATE,
             what + " answers " + std::to_string(said.status) + ", which is no status");
  run.expect(said.status >= 0 || !said.words.empty(), what + " fails without words");
}

void expect_done(Run& run, const std::string& what, const Said& said) {
  run.expect(said.status >= 0, "once nothing fails any more, " + what + " answers " +
                                   std::to_string(said.status) + " " + said.words);
}

// Whoever must come again asks for it: the host runs the job when it was asked for last.
void expect_job_asked_for(Run& run, std::int64_t since) {
  const auto due = run.scene.host.job_due();
  run.expect(due && *due >= since, "the job is not asked for again");
}

void deliver(Run& run) {
  for (int i = 0; i < jobs_max; ++i) {
    const auto before = run.scene.host.now();
    const Delivered done = armed([&] { return run.step(); });
    expect_answer(run, "the job", done.said);
    if (done.said.status >= 0 && done.waiting == 0) return;
    expect_job_asked_for(run, before);
    run.scene.move_s(61);
  }
}

void open(Run& run) {
  run.tell();
  const Said said = armed([&] {
    run.scene.host.end();
    return run.scene.host.start();
  });
  expect_answer(run, "the start", said);
  if (!run.scene.host.runs()) expect_done(run, "the start", run.scene.host.start());
}

void hook(Run& run) {
  for (const std::string& line : run.errand.events) {
    const Said said = armed([&] { return run.scene.host.tell(line); });
    expect_answer(run, "the hook", said);
    if (said.status < 0) expect_done(run, "the hook", run.scene.host.tell(line));
  }
}

void delivery(Run& run) {
  run.tell();
  deliver(run);
}

void renewal(Run& run) {
  run.tell();
  run.scene.world.control("POST", "tokens", R"({"do":"expire_access"})");
  deliver(run);
}

void connect(Run& run) {
  const Said said = armed([&] { return run.scene.host.try_to_connect(run.scene.browser); });
  expect_answer(run, "connecting", said);
  if (said.status < 0)
    expect_done(run, "connecting", run.scene.host.try_to_connect(run.scene.browser));
  run.tell();
}

void commands(Run& run) {
  run.tell();
  const std::string subject = run.errand.documents.back().subject;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"status", "--json"},
                                             {"outbox", "list", "--open"},
                                             {"outbox", "show", subject},
                                             {"inbox", "list", "--all"},
                                             {"links", "list", "--json"},
                                             {"options", "class_attribute"},
                                             {"explain", subject},
                                             {"outbox", "again", subject},
                                             {"refresh"},
                                             {"prove", subject}}) {
    const Said said = armed([&] { return run.scene.host.command(words); });
    expect_answer(run, words[0] + " " + words.back(), said);
  }
}

} // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all = {
      {"open", Operation::order, open},          {"hook", Operation::vendor, hook},
      {"delivery", Operation::vendor, delivery}, {"renewal", Operation::order, renewal},
      {"bill", Operation::bill, delivery},       {"connect", Operation::order, connect},
      {"commands", Operation::order, commands}};
  return all;
}

} // namespace torture
