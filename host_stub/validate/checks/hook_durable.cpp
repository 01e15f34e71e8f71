#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

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

// Whoever takes an event for known because it is told as a second try has not remembered it.
void expect_memory(const Hook& hook, const Instance& instance, const Documents& documents) {
  step(std::string(hook.name) + " of an event that was never told, at a second try");
  const erp_status status =
      tell(hook, instance, std::string("never-told-") + hook.name, documents, 2);
  require(status != ERP_DUPLICATE, "ERP_DUPLICATE for what was taken before, and for nothing else",
          std::string(hook.name) +
              " answers it to an event that was never told, because it is told as a second try: "
              "such an event is lost");
}

// Whether the event, taken in the first life, is known in the second.
bool is_known(const Hook& hook, const Instance& instance, const Documents& documents) {
  step(std::string(hook.name) + " of the same event, after a restart");
  const erp_status again = tell(hook, instance, id_for(hook), documents, 2);
  if (again == ERP_OK) {
    const erp_status third = tell(hook, instance, id_for(hook), documents, 3);
    if (third == ERP_OK) skip("it does not know an event again; idempotent says more");
    fail(hook_durable.what, std::string(hook.name) +
                                " answered ERP_OK, the process was killed, and after the restart "
                                "the event was new to it");
  }
  if (again != ERP_DUPLICATE) return false;
  expect_memory(hook, instance, documents);
  return true;
}

void run(const Subject& subject) {
  const auto answers = first_life(subject);
  TrialHost host(subject, "durable", subject.scratch / "data");
  const bool has_files = !files_below(host.data_dir()).empty();
  Instance instance(plugin_of(subject), host);
  instance.start_or_skip(subject);
  const auto hooks = hooks_or_skip(instance);
  Sample sample("D-1");
  const Documents documents = sample.documents();
  std::size_t taken = 0, known = 0;
  for (std::size_t i = 0; i < hooks.size() && i < answers.size(); ++i) {
    if (answers[i] != ERP_OK) continue; // not taken, or not wanted
    ++taken;
    known += is_known(*hooks[i], instance, documents);
  }
  instance.end();
  if (taken == 0) skip("it takes none of the events it is told, so there is nothing to keep");
  if (known == 0)
    skip("after the restart it answers neither that an event is known nor that it is new, so "
         "nobody can see whether it was kept");
  if (!has_files)
    skip("it says that it knows the events again, and nothing lies in data_dir, where that could "
         "be seen");
}

} // namespace

const Check hook_durable = {
    "hook-durable",
    "ext/procurement.h",
    "an event that was answered with ERP_OK is still there after the process was killed",
    "With ERP_OK the host's duty ends: it forgets the event. What the plugin had only in memory is "
    "an order that never reaches the books.",
    "Write the event to data_dir and fsync it (or commit, with synchronous=FULL) before ERP_OK. "
    "Not written? Answer ERP_E_STORAGE. Recognise an event by its event_id, never by its attempt.",
    run,
    "Whether fsync was called: a killed process loses nothing that the kernel has already. Whether "
    "all of the document was kept, and what the plugin does at a remote system."};

} // namespace host::validate
