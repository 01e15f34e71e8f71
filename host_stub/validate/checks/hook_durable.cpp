#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"

#include <csignal>
#include <cstring>
#include <sys/wait.h>
#include <unistd.h>

namespace host::validate {
namespace {

std::string id_for(const Hook& hook) {
  return std::string("durable-") + hook.name;
}

// Tells one event a hook and dies, as in a power cut, the moment the last answer is there.
[[noreturn]] void live_and_die(const Subject& subject, int answers) {
  try {
    TrialHost host(subject, "durable", subject.scratch / "data");
    Instance instance(plugin_of(subject), host);
    instance.start_or_skip(subject);
    Sample sample("D-1");
    const Documents documents = sample.documents();
    for (const Hook* const hook : hooks_of(instance)) {
      step(std::string(hook->name) + ", then SIGKILL");
      const erp_status status = tell(*hook, instance, id_for(*hook), documents);
      if (write(answers, &status, sizeof status) != sizeof status) break;
    }
  } catch (const Finding&) { // the second life finds the same
  }
  kill(getpid(), SIGKILL);
  _exit(0);
}

std::vector<erp_status> first_life(const Subject& subject) {
  int ends[2];
  if (pipe(ends) != 0) skip("there is no pipe left");
  const pid_t pid = fork(); // before the library is loaded
  if (pid == 0) live_and_die(subject, ends[1]);
  close(ends[1]);
  std::vector<erp_status> answers;
  for (erp_status status = 0; read(ends[0], &status, sizeof status) == sizeof status;)
    answers.push_back(status);
  close(ends[0]);
  int ended = 0;
  waitpid(pid, &ended, 0);
  if (WIFSIGNALED(ended) && WTERMSIG(ended) != SIGKILL)
    fail(hook_durable.what, std::string("it crashed: ") + strsignal(WTERMSIG(ended)));
  return answers;
}

void run(const Subject& subject) {
  const auto answers = first_life(subject);
  TrialHost host(subject, "durable", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.start_or_skip(subject);
  const auto hooks = hooks_or_skip(instance);
  Sample sample("D-1");
  const Documents documents = sample.documents();
  for (std::size_t i = 0; i < hooks.size() && i < answers.size(); ++i) {
    if (answers[i] != ERP_OK) continue; // not taken, or not wanted
    step(std::string(hooks[i]->name) + " of the same event, after a restart");
    const erp_status again = tell(*hooks[i], instance, id_for(*hooks[i]), documents, 2);
    if (again != ERP_OK) continue;
    const erp_status third = tell(*hooks[i], instance, id_for(*hooks[i]), documents, 3);
    if (third == ERP_OK) skip("it does not know an event again; idempotent says more");
    fail(hook_durable.what, std::string(hooks[i]->name) +
                                " answered ERP_OK, the process was killed, and after the restart "
                                "the event was new to it");
  }
  instance.end();
}

} // namespace

const Check hook_durable = {
    "hook-durable",
    "ext/procurement.h",
    "an event that was answered with ERP_OK is still there after the process was killed",
    "With ERP_OK the host's duty ends: it forgets the event. What the plugin had only in memory is "
    "an order that never reaches the books. (A killed process shows what was never written; that a "
    "power cut is survived too takes fsync, which this check cannot see.)",
    "Write the event to data_dir and fsync it (or commit, with synchronous=FULL) before ERP_OK. "
    "Not "
    "written? Answer ERP_E_STORAGE.",
    run};

} // namespace host::validate
