#include "erp/sdk/service.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/network_fence.hpp"
#include "validate/progress.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace host::validate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t events_max = 100; // of each hook
constexpr std::chrono::seconds time_max{5};
constexpr std::int64_t quick_us = 50'000; // R8

struct Heard {
  std::vector<std::int64_t> times; // microseconds that each call took, sorted
  bool is_any_taken = false;
  std::string last_words; // of the last failure
};
Heard heard_of(const Instance& instance, const Hook& hook) {
  Heard heard;
  auto& times = heard.times;
  const auto end = Clock::now() + time_max;
  while (times.size() < events_max && Clock::now() < end) {
    const std::string number = "Q-" + std::to_string(times.size());
    Sample sample(number);
    const Documents documents = sample.documents();
    const auto began = Clock::now();
    erp_error error{};
    const erp_status status = tell(hook, instance, number + hook.name, documents, 1, &error);
    times.push_back(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count());
    heard.is_any_taken = heard.is_any_taken || is_taken(status);
    if (!is_taken(status)) heard.last_words = words_of(status, error);
  }
  std::sort(times.begin(), times.end());
  return heard;
}

Finding time_hooks(const Instance& instance, const std::vector<const Hook*>& hooks) {
  std::string slow;
  for (const Hook* const hook : hooks) {
    step(hook->name + std::string(", a hundred times, without a network"));
    const Heard heard = heard_of(instance, *hook);
    const auto& times = heard.times;
    if (!heard.is_any_taken)
      return {Verdict::fail, "ordinary events are taken, or ignored if there is nothing to do",
              std::string(hook->name) + " refuses all of " + std::to_string(times.size()) +
                  ", the last with " + heard.last_words};
    const std::int64_t median = times.at(times.size() / 2);
    const std::int64_t late = times.at((times.size() - 1) * 99 / 100);
    const std::string words = std::string(hook->name) + ": half of the calls take more than " +
                              std::to_string(median / 1000) + " ms, 1 in 100 more than " +
                              std::to_string(late / 1000) + " ms";
    if (median > quick_us) return {Verdict::fail, hook_quick.what, words};
    if (late > quick_us) slow = words;
  }
  if (slow.empty()) return {};
  return {Verdict::warn, hook_quick.what,
          slow + " (a busy machine or a slow disk may be the cause)"};
}

// What else a host calls where nobody may wait; get_interface() and the schema were asked before.
// A function that is missing is tables-complete's to tell.
void ask_the_rest(const Instance& instance) {
  erp_instance* const raw = instance.raw();
  erp::TextSink out;
  const auto quickly = [&](const char* what, auto function, auto... arguments) {
    if (!function) return;
    step(what);
    instance.host().inside_quick([&] { function(raw, arguments..., nullptr); });
  };
  const std::string json = instance.host().settings_json();
  if (const auto* const it = instance.table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS))
    quickly("erp.settings/1 validate", it->validate, erp::borrow(json));
  if (const auto* const it = instance.table_of<erp_connect_v1>(ERP_INTERFACE_CONNECT))
    quickly("erp.connect/1 status", it->status, out.c());
  if (const auto* const it = instance.table_of<erp_job_v1>(ERP_INTERFACE_JOB))
    quickly("erp.job/1 list", it->list, out.c());
  if (const auto* const it = instance.table_of<erp_command_v1>(ERP_INTERFACE_COMMAND))
    quickly("erp.command/1 list", it->list, out.c());
}

void run(const Subject& subject) {
  TrialHost host(subject, "quick", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.start_or_skip(subject);
  const auto hooks = hooks_or_skip(instance);
  Finding finding;
  bool is_fenced = false;
  std::thread fenced([&] { // the fence is for ever, so it gets a thread of its own
    is_fenced = fence_network_off();
    finding = time_hooks(instance, hooks);
  });
  fenced.join();
  if (finding.verdict == Verdict::fail) throw finding;
  ask_the_rest(instance);
  instance.end();
  for (const Breached& breach : breaches())
    require(breach.kind != Breach::in_quick_call, "a [quick] function calls only [quick] services",
            breach.text);
  if (finding.verdict != Verdict::pass) throw finding;
  if (!is_fenced)
    throw Finding{Verdict::warn, hook_quick.what,
                  "the hooks are quick; whether they ask for the network could not be seen, since "
                  "this machine allows no filter for system calls (seccomp)"};
}

} // namespace

const Check hook_quick = {
    "hook-quick",
    "R8, ext/procurement.h",
    "hooks take ordinary events within 50 ms and never ask for the network; nothing that is "
    "[quick] "
    "calls a service that may block",
    "A hook runs while somebody saves a part. If it waited for the network, the ERP would stand "
    "still whenever a remote system does, or whenever the vault with the secrets is slow.",
    "Record the event, ask for a job with erp.schedule/1, and do the rest in the job. If there is "
    "nothing to do with an event, answer ERP_IGNORED. Read secrets in activate() or in the job.",
    run,
    "A name looked up or a network used by another process that the hook asks; threads that were "
    "started before."};

} // namespace host::validate
