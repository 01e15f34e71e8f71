#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

namespace host::validate {
namespace {

void expect_known(const Hook& hook, const Instance& instance, const Documents& documents,
                  std::uint32_t attempt, const char* when) {
  step(std::string(hook.name) + " of the same event " + when);
  const erp_status status =
      tell(hook, instance, std::string("again-") + hook.name, documents, attempt);
  require(status == ERP_DUPLICATE || status == ERP_IGNORED, idempotent.what,
          std::string(hook.name) + " answers " + host::name_of(status) + " " + when);
}

constexpr int threads_max = 8;
constexpr int rounds_max = 20;

// A host whose call seemed to hang calls again, and both calls may get through.
void expect_one_of_many(const Hook& hook, const Instance& instance, const Documents& documents) {
  step(std::string(hook.name) + " of one event on " + std::to_string(threads_max) + " threads");
  for (int round = 0; round < rounds_max; ++round) {
    const std::string id = std::string("at-once-") + hook.name + "-" + std::to_string(round);
    std::latch start(threads_max);
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < threads_max; ++i)
      threads.emplace_back([&] {
        start.arrive_and_wait();
        if (tell(hook, instance, id, documents) == ERP_OK) ++taken;
      });
    for (std::thread& thread : threads)
      thread.join();
    require(taken <= 1, idempotent.what,
            std::string(hook.name) + " answers ERP_OK " + std::to_string(taken) +
                " times to one event that comes on several threads at once");
  }
}

void run(const Subject& subject) {
  const erp_plugin& plugin = plugin_of(subject);
  TrialHost host(subject, "again", subject.scratch / "data");
  std::vector<const Hook*> taken;
  Sample sample("I-1");
  const Documents documents = sample.documents();
  {
    Instance instance(plugin, host);
    instance.start_or_skip(subject);
    for (const Hook* const hook : hooks_or_skip(instance))
      if (tell(*hook, instance, std::string("again-") + hook->name, documents) == ERP_OK)
        taken.push_back(hook);
    for (const Hook* const hook : taken) {
      expect_known(*hook, instance, documents, 1, "at the second time");
      expect_known(*hook, instance, documents, 2, "at the third time");
      expect_one_of_many(*hook, instance, documents);
    }
    instance.end();
  }
  if (taken.empty()) skip("it takes none of the events it is told");
  Instance instance(plugin, host);
  host.enter(Stage::made);
  instance.start_or_skip(subject);
  for (const Hook* const hook : taken)
    expect_known(*hook, instance, documents, 3, "after a restart");
  instance.end();
}

} // namespace

const Check idempotent = {
    "idempotent",
    "ext/procurement.h",
    "an event that was taken before is known again: ERP_DUPLICATE",
    "Delivery is at least once: after a crash, and whenever an answer was lost, the same event "
    "comes "
    "again. Taken twice, it is a second purchase order in the books.",
    "Keep event_id with a unique index, in the same transaction as the event.",
    run,
    "Whether the remote system gets it once."};

} // namespace host::validate
