#include "erp/sdk/service.hpp"
#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

#include <chrono>
#include <memory>
#include <thread>

namespace host::validate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t stop_ms = 2000;
constexpr std::int64_t late_ms_max = 1000;            // a busy machine is no fault of the plugin
constexpr std::chrono::milliseconds head_start{200};  // of the job that is then stopped
constexpr std::chrono::milliseconds silence{300};     // in which a forgotten thread would call
constexpr std::chrono::milliseconds thread_end{1000}; // in which one that ends may end

// A job that is being run while the check goes on. If it outlives the check, it is left alone.
class RunningJob {
 public:
  explicit RunningJob(const Instance& instance) {
    const auto* const jobs = instance.table_of<erp_job_v1>(ERP_INTERFACE_JOB);
    if (!jobs) return;
    *ended_ = false;
    thread_ = std::thread([&instance, jobs, ended = ended_] {
      erp::TextSink out;
      instance.host().inside([&] {
        jobs->run(instance.raw(), erp::borrow(ERP_JOB_DELIVER), in_ms(60'000), out.c(), nullptr);
      });
      *ended = true;
    });
    std::this_thread::sleep_for(head_start);
  }
  ~RunningJob() {
    if (thread_.joinable()) thread_.detach();
  }
  RunningJob(const RunningJob&) = delete;
  RunningJob& operator=(const RunningJob&) = delete;
  bool has_ended() const { return *ended_; }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::shared_ptr<std::atomic<bool>> ended_ = std::make_shared<std::atomic<bool>>(true);
  std::thread thread_;
};

// A thread that works inside a call (a resolver's, say) may take a moment to end after it.
void expect_no_thread(const std::set<std::string>& before, const char* when) {
  const auto end = Clock::now() + thread_end;
  std::size_t more = 1;
  while (more != 0 && Clock::now() < end) {
    more = 0;
    for (const std::string& id : thread_ids())
      more += before.count(id) == 0;
    if (more != 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  require(more == 0, "a plugin starts no thread of its own",
          std::to_string(more) + (more == 1 ? " thread" : " threads") + " of its own " + when);
}

void run(const Subject& subject) {
  // Never freed: a job that does not end goes on using them.
  TrialHost& host = *new TrialHost(subject, "stopping", subject.scratch / "data");
  const erp_plugin& plugin = plugin_of(subject);
  const auto threads_before = thread_ids();
  Instance& instance = *new Instance(plugin, host);
  instance.start_or_skip(subject);
  Sample sample("T-1");
  const Documents documents = sample.documents();
  for (const Hook* const hook : hooks_of(instance))
    tell(*hook, instance, std::string("T-1") + hook->name, documents);
  step("a look at the threads while the instance is active");
  expect_no_thread(threads_before, "while the instance is active and nothing is called");
  RunningJob job(instance);
  const auto began = Clock::now();
  const erp_status status = instance.stop(in_ms(stop_ms), nullptr);
  const auto took_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count();
  require(took_ms <= stop_ms + late_ms_max, "stop() comes back by its deadline",
          std::to_string(took_ms - stop_ms) + " ms after it");
  require(status >= 0 || status == ERP_E_TIMEOUT, "ERP_OK or ERP_E_TIMEOUT from stop()",
          host::name_of(status));
  for (const Hook* const hook : hooks_of(instance)) {
    step(hook->name + std::string(" after stop()"));
    const erp_status refused = tell(*hook, instance, std::string("T-2") + hook->name, documents);
    require(refused == ERP_E_SHUTTING_DOWN || refused == ERP_IGNORED,
            "hooks are refused after stop(), with ERP_E_SHUTTING_DOWN",
            std::string(hook->name) + " answers " + host::name_of(refused));
  }
  step("the job deliver, which was running when stop() was called");
  if (status >= 0) std::this_thread::sleep_for(silence);
  require(status < 0 || job.has_ended(), "a running job returns soon after stop()",
          "stop() answers ERP_OK, and the job still runs");
  job.wait();
  expect_no_thread(threads_before, "after stop()");
  instance.deactivate();
  expect_no_thread(threads_before, "after deactivate()");
  std::this_thread::sleep_for(silence);
  instance.destroy();
  for (const Breached& breach : breaches())
    require(breach.kind != Breach::after_end && breach.kind != Breach::outside_call,
            "no call of the host after deactivate(), nor on a thread on which it is not just "
            "calling the same instance",
            breach.text);
}

} // namespace

const Check stop = {
    "stop",
    "R6, plugin.h",
    "no thread of its own, no call of the host but in a call of its; stop() ends by its deadline "
    "and refuses hooks; then nothing runs",
    "A host that is shut down waits for its plugins, and an administrator waits for the host. What "
    "still runs after that calls into a host that has let go of its services.",
    "Set a flag in stop() that hooks and jobs look at; answer ERP_E_SHUTTING_DOWN. Start no thread "
    "of your own, and call the host only in what it calls. Say what there is to say before "
    "deactivate() returns.",
    run,
    "A thread that begins and ends between two looks of the check; a job that runs into a slow "
    "remote system."};

} // namespace host::validate
